namespace Abm.Privacy.Masking.Text;

/// <summary>What a <see cref="TextScanner"/> finds. Each kind with a published checksum is verified by it.</summary>
public enum TextKind
{
    /// <summary>A pattern of the application's own: see <see cref="TextScannerOptions.Patterns"/>.</summary>
    Custom = 0,

    /// <summary>An e-mail address (RFC 5322 dot-atom or quoted local part, RFC 6531 letters).</summary>
    Email = 1,

    /// <summary>A URL with its scheme, or a host that begins with <c>www.</c>.</summary>
    Url = 2,

    /// <summary>
    /// What a name says is secret: the value of <c>password=</c> and the like, also in JSON and connection strings. In a URL
    /// that is not found as a whole, user name and password and the parameters that carry tokens too.
    /// </summary>
    Secret = 3,

    /// <summary>
    /// A phone number: E.164, the national forms of the US, Canada, Germany, France, the United Kingdom and Brazil, mobile
    /// numbers of China, and any other form beside a word such as "phone".
    /// </summary>
    Phone = 4,

    /// <summary>A payment card number: range of a card scheme, and the check digit of ISO/IEC 7812-1.</summary>
    PaymentCard = 5,

    /// <summary>An IBAN (ISO 13616): country, length and check digits.</summary>
    Iban = 6,

    /// <summary>An IPv4 or IPv6 address, with its prefix length if one follows.</summary>
    IpAddress = 7,

    /// <summary>A MAC address (EUI-48) in pairs with colons or hyphens, or in groups of four with dots.</summary>
    MacAddress = 8,

    /// <summary>A JSON Web Token (RFC 7519).</summary>
    Jwt = 9,

    /// <summary>A key or token with a published prefix, the credentials of an HTTP Authorization header, or a private key in PEM.</summary>
    ApiKey = 10,

    /// <summary>A United States social security number.</summary>
    UsSsn = 11,

    /// <summary>A United Kingdom national insurance number.</summary>
    UkNino = 12,

    /// <summary>A German tax identification number (Steuer-ID; ISO 7064 MOD 11,10).</summary>
    DeTaxId = 13,

    /// <summary>A French social security number (NIR; key modulo 97), Corsica included.</summary>
    FrNir = 14,

    /// <summary>A Polish PESEL: date of birth and check digit.</summary>
    PlPesel = 15,

    /// <summary>A Polish tax identification number (NIP).</summary>
    PlNip = 16,

    /// <summary>A Spanish DNI or NIE: check letter modulo 23.</summary>
    EsDni = 17,

    /// <summary>An Italian codice fiscale, replaced digits (omocodia) included.</summary>
    ItFiscalCode = 18,

    /// <summary>A Brazilian CPF.</summary>
    BrCpf = 19,

    /// <summary>A Brazilian CNPJ of digits or, as issued from 2026, of letters and digits.</summary>
    BrCnpj = 20,

    /// <summary>A Canadian social insurance number (Luhn).</summary>
    CaSin = 21,
}
