using System.Text.Json;

namespace Abm.Privacy;

/// <summary>Collects every fault of a document, and reads the shapes that occur everywhere in it.</summary>
internal sealed class DocumentFaults(PrivacyErrorCode code, string source)
{
    // nobody mends more at once, and the search for what was meant costs time for each
    private const int MaxFaults = 100;

    private readonly List<DocumentFault> _faults = [];

    public int Count => _faults.Count;

    /// <exception cref="InvalidDocumentException">There are too many faults to go on.</exception>
    public void Add(LocatedJson at, string problem, string mend)
    {
        if (_faults.Count == MaxFaults)
        {
            var last = new DocumentFault("", at.Line, $"There are more faults than these {MaxFaults}.", "Mend these, then load the document again.");
            throw new InvalidDocumentException(code, source, [.. _faults.OrderBy(fault => fault.Line), last]);
        }

        _faults.Add(at.Fault(problem, mend));
    }

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

        return Checked(node, name, isValid, mend, null);
    }

    /// <summary>A text, or an array of texts, that all pass the test. An empty array is a fault: it would look like a limit and be none.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="name">The member.</param>
    /// <param name="isValid">The test of the form.</param>
    /// <param name="mend">What to write.</param>
    /// <param name="required">Whether the member must be there.</param>
    /// <param name="misspelled">The known name that a text of one's own is too near to; null if there is none.</param>
    public IReadOnlyList<string> Texts(
        LocatedJson owner, string name, Func<string, bool> isValid, string mend, bool required = false, Func<string, string?>? misspelled = null)
    {
        var node = owner[name];
        if (node is null || node.Kind == JsonValueKind.Array)
        {
            if (node is { Items.Count: 0 } || (node is null && required))
            {
                Add(node ?? owner, node is null ? $"'{name}' is missing." : $"'{name}' is empty.", mend);
            }

            return [.. (node?.Items ?? []).Select(item => Checked(item, name, isValid, mend, misspelled)).OfType<string>()];
        }

        return Checked(node, name, isValid, mend, misspelled) is { } text ? [text] : [];
    }

    private string? Checked(LocatedJson node, string name, Func<string, bool> isValid, string mend, Func<string, string?>? misspelled)
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

        if (misspelled?.Invoke(node.Text!) is { } known)
        {
            Add(node, $"{Quote(node.Text)} is nearly a known name, and not the same.", $"Did you mean '{known}'? If not, choose a name that differs more.");
        }

        return node.Text;
    }
}
