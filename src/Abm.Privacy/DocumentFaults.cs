using System.Text.Json;

namespace Abm.Privacy;

/// <summary>Collects every fault of a document, and reads the shapes that occur everywhere in it.</summary>
internal sealed class DocumentFaults(PrivacyErrorCode code, string source)
{
    private readonly List<DocumentFault> _faults = [];

    public int Count => _faults.Count;

    public void Add(LocatedJson at, string problem, string mend) => _faults.Add(at.Fault(problem, mend));

    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidDocumentException(code, source, [.. _faults.OrderBy(fault => fault.Line)]);
        }
    }

    /// <summary>A value of the document in a message, cut to a readable length.</summary>
    public static string Quote(string? text) => text is null ? "''" : text.Length <= 60 ? $"'{text}'" : $"'{text[..60]}…'";

    /// <summary>Whether the value is an object that has only the allowed names.</summary>
    public bool IsObject(LocatedJson node, string what, IReadOnlyCollection<string> allowed)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            Add(node, $"{what} is not an object.", "Write { … }.");
            return false;
        }

        foreach (var member in node.Members)
        {
            if (!allowed.Contains(member.Key))
            {
                Add(member.Value, $"{Quote(member.Key)} is not a property of {what.ToLowerInvariant()}.", NearestName.Suggest(member.Key, allowed));
            }
        }

        return true;
    }

    /// <summary>The items of an array; of a missing one, none.</summary>
    public IReadOnlyList<LocatedJson> Array(LocatedJson owner, string name)
    {
        var node = owner[name];
        if (node is { Kind: not JsonValueKind.Array })
        {
            Add(node, $"'{name}' is not an array.", "Write [ … ].");
        }

        return node?.Items ?? [];
    }

    /// <summary>A text that passes the test, or null with a fault; a missing one is a fault only when it is required.</summary>
    public string? Text(LocatedJson owner, string name, Func<string, bool> isValid, string mend, bool required = false)
    {
        var node = owner[name];
        if (node is null)
        {
            if (required)
            {
                Add(owner, $"'{name}' is missing.", mend);
            }

            return null;
        }

        return Text(node, name, isValid, mend);
    }

    /// <summary>A text, or an array of texts, that all pass the test. An empty array is a fault: it would look like a limit and be none.</summary>
    public IReadOnlyList<string> Texts(LocatedJson owner, string name, Func<string, bool> isValid, string mend, bool required = false)
    {
        var node = owner[name];
        if (node is null || node.Kind == JsonValueKind.Array)
        {
            if (node is { Items.Count: 0 } || (node is null && required))
            {
                Add(node ?? owner, node is null ? $"'{name}' is missing." : $"'{name}' is empty.", mend);
            }

            return [.. (node?.Items ?? []).Select(item => Text(item, name, isValid, mend)).OfType<string>()];
        }

        return Text(node, name, isValid, mend) is { } text ? [text] : [];
    }

    private string? Text(LocatedJson node, string name, Func<string, bool> isValid, string mend)
    {
        if (node.Kind != JsonValueKind.String)
        {
            Add(node, $"'{name}' is not a text.", mend);
            return null;
        }

        if (!isValid(node.Text!))
        {
            Add(node, $"{Quote(node.Text)} is not a valid '{name}'.", mend);
            return null;
        }

        return node.Text;
    }
}
