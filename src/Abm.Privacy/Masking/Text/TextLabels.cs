namespace Abm.Privacy.Masking.Text;

/// <summary>What stands in a redacted text where something was found.</summary>
internal static class TextLabels
{
    public static string Of(TextKind kind) => kind switch
    {
        TextKind.Email => "[email]",
        TextKind.Url => "[url]",
        TextKind.Secret => "[secret]",
        TextKind.Phone => "[phone]",
        TextKind.PaymentCard => "[payment-card]",
        TextKind.Iban => "[iban]",
        TextKind.IpAddress => "[ip-address]",
        TextKind.MacAddress => "[mac-address]",
        TextKind.Jwt => "[jwt]",
        TextKind.ApiKey => "[api-key]",
        TextKind.UsSsn => "[us-ssn]",
        TextKind.UkNino => "[uk-nino]",
        TextKind.DeTaxId => "[de-tax-id]",
        TextKind.FrNir => "[fr-nir]",
        TextKind.PlPesel => "[pl-pesel]",
        TextKind.PlNip => "[pl-nip]",
        TextKind.EsDni => "[es-dni]",
        TextKind.ItFiscalCode => "[it-fiscal-code]",
        TextKind.BrCpf => "[br-cpf]",
        TextKind.BrCnpj => "[br-cnpj]",
        TextKind.CaSin => "[ca-sin]",
        _ => "[redacted]",
    };

    public static string Of(string pattern) => $"[{pattern}]";
}
