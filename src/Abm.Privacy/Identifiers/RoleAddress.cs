using System.Collections.Frozen;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// Local parts that name a function and not a person: those of RFC 2142 and the usual ones in English, German, French,
/// Portuguese and Spanish. Compared whole, after a plus tag is removed.
/// </summary>
internal static class RoleAddress
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "info", "marketing", "sales", "support", "abuse", "noc", "security", "postmaster", "hostmaster", "usenet", "news", "webmaster", "www", "uucp", "ftp",
        "accounting", "accounts", "admin", "administrator", "billing", "careers", "compliance", "contact", "customerservice", "do-not-reply", "donotreply",
        "dpo", "enquiries", "events", "feedback", "finance", "hello", "help", "helpdesk", "hr", "inquiries", "invoices", "it", "jobs", "legal", "mail",
        "media", "newsletter", "no-reply", "noreply", "office", "orders", "partners", "post", "press", "privacy", "procurement", "purchasing", "reception",
        "recruiting", "root", "service", "team",
        "bewerbung", "buchhaltung", "buero", "b\u00FCro", "datenschutz", "einkauf", "kontakt", "presse", "rechnung", "vertrieb", "zentrale",
        "accueil", "achats", "commercial", "compta", "facturation", "rh", "ventes",
        "atendimento", "comercial", "compras", "contato", "financeiro", "vendas",
        "contacto", "facturacion", "ventas",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsRole(string localPart)
    {
        var tag = localPart.IndexOf('+', StringComparison.Ordinal);
        return Names.Contains(tag > 0 ? localPart[..tag] : localPart);
    }
}
