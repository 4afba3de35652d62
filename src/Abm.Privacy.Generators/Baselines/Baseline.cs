using Abm.Privacy.Generators.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>A committed baseline: the frozen names of a model, by the names that classes and properties have today.</summary>
internal sealed class Baseline
{
    private readonly string _path;
    private readonly SourceText _text;

    private Baseline(string path, SourceText text) => (_path, _text) = (path, text);

    public List<BaselineEntity> Entities { get; } = [];

    /// <summary>Whether a file is a baseline: its name ends with <c>privacy-baseline.json</c>.</summary>
    public static bool IsBaseline(AdditionalText file) => file.Path.EndsWith("privacy-baseline.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a baseline; null if it is none, and says why.</summary>
    public static Baseline? Read(AdditionalText file, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (file.GetText(cancellationToken) is not { } text)
        {
            return null; // the compiler has said that it cannot open the file
        }

        var baseline = new Baseline(file.Path, text);
        try
        {
            baseline.Fill(JsonText.Read(text.ToString()));
            return baseline;
        }
        catch (JsonTextException fault)
        {
            report(Diagnostic.Create(BaselineRules.Unreadable, baseline.At(fault.Span), fault.Message));
            return null;
        }
    }

    public BaselineEntity? Find(string type) => Entities.Find(entity => entity.Today == type);

    public Location At(TextSpan span) => Location.Create(_path, span, _text.Lines.GetLinePositionSpan(span));

    private void Fill(JsonValue root)
    {
        var format = Member(root, "format", JsonKind.Number);
        if (format.Text != "1")
        {
            throw new JsonTextException(format.Span, "it has another format than 1, so it needs a newer version of Abm.Privacy");
        }

        foreach (var member in Member(root, "entities", JsonKind.Object).Members)
        {
            var entity = new BaselineEntity(
                member.Key.Text, member.Key.Span, Member(member.Value, "scope", JsonKind.String).Text, Member(member.Value, "name", JsonKind.String).Text);
            foreach (var field in Member(member.Value, "fields", JsonKind.Object).Members)
            {
                entity.Fields.Add(new BaselineField(field.Key.Text, field.Key.Span, Checked(field.Value, JsonKind.String, field.Key.Text).Text));
            }

            Entities.Add(entity);
        }
    }

    private static JsonValue Member(JsonValue holder, string name, JsonKind kind) => holder[name] is { } value
        ? Checked(value, kind, name)
        : throw new JsonTextException(new TextSpan(holder.Span.Start, Math.Min(holder.Span.Length, 1)), $"\"{name}\" is missing");

    private static JsonValue Checked(JsonValue value, JsonKind kind, string name) => value.Kind == kind
        ? value
        : throw new JsonTextException(value.Span, $"\"{name}\" is no {kind.ToString().ToLowerInvariant()}");
}
