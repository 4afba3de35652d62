using System.Text.Json;
using Abm.Privacy.Masking.Text;
using Abm.Privacy.Tests.Vectors;

namespace Abm.Privacy.Tests.Masking.Text;

/// <summary>The published known answers of a recognizer suite, for the kinds that the scanner claims.</summary>
internal static class SpanVectors
{
    private static readonly Dictionary<string, TextKind> Kinds = new(StringComparer.Ordinal)
    {
        ["iban_recognizer"] = TextKind.Iban,
        ["ip_recognizer"] = TextKind.IpAddress,
        ["mac_recognizer"] = TextKind.MacAddress,
        ["phone_recognizer"] = TextKind.Phone,
        ["credit_card_recognizer"] = TextKind.PaymentCard,
        ["url_recognizer"] = TextKind.Url,
        ["email_recognizer"] = TextKind.Email,
        ["us_ssn_recognizer"] = TextKind.UsSsn,
        ["uk_nino_recognizer"] = TextKind.UkNino,
        ["de_tax_id_recognizer"] = TextKind.DeTaxId,
        ["ca_sin_recognizer"] = TextKind.CaSin,
        ["pl_pesel_recognizer"] = TextKind.PlPesel,
        ["es_nie_recognizer"] = TextKind.EsDni,
        ["es_nif_recognizer"] = TextKind.EsDni,
        ["it_fiscal_code_recognizer"] = TextKind.ItFiscalCode,
    };

    /// <summary>Every text of the suite, of kinds that are not claimed too: hostile neighbors all of them.</summary>
    public static IEnumerable<string> Texts() => Lines().Select(row => row.GetProperty("text").GetString()!);

    public static IEnumerable<(TextKind Kind, string Text, int Count, (int Start, int End)[] Spans)> Cases() =>
        from row in Lines()
        let recognizer = row.GetProperty("recognizer").GetString()!
        where Kinds.ContainsKey(recognizer)
        select (Kinds[recognizer],
            row.GetProperty("text").GetString()!,
            row.GetProperty("expected_count").GetInt32(),
            row.GetProperty("spans").EnumerateArray().Select(span => (span[0].GetInt32(), span[1].GetInt32())).ToArray());

    public static string Path(string file)
    {
        Assert.SkipWhen(VectorReport.Folder is null, "ABM_PRIVACY_VECTORS is not set.");
        return System.IO.Path.Combine(VectorReport.Folder!, "masking", file);
    }

    private static IEnumerable<JsonElement> Lines() =>
        File.ReadLines(Path("presidio_span_vectors.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);
}
