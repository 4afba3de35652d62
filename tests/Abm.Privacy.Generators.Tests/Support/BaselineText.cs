namespace Abm.Privacy.Generators.Tests.Support;

/// <summary>Baselines as the library prints them.</summary>
internal static class BaselineText
{
    public const string Empty = "{\n  \"format\": 1,\n  \"entities\": {}\n}\n";

    /// <param name="entities">For each the class, scope and name in one text, and its fields.</param>
    public static string Of(params (string Names, string[] Fields)[] entities) =>
        "{\n  \"format\": 1,\n  \"entities\": {\n" + string.Join(",\n", entities.Select(entity => Entity(entity.Names.Split(' '), entity.Fields))) + "\n  }\n}\n";

    /// <summary>Of one class <c>Shop.Contact</c>, named <c>crm/contact</c>.</summary>
    /// <param name="fields">The fields, as <c>Email=email</c>.</param>
    public static string Contact(params string[] fields) => Of(("Shop.Contact crm contact", fields));

    private static string Entity(string[] names, string[] fields) =>
        $"    \"{names[0]}\": {{\n      \"scope\": \"{names[1]}\",\n      \"name\": \"{names[2]}\",\n      \"fields\": {{\n"
        + string.Join(",\n", fields.Select(field => field.Split('=')).Select(field => $"        \"{field[0]}\": \"{field[1]}\""))
        + "\n      }\n    }";
}
