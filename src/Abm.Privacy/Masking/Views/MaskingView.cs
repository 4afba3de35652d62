using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Views;

/// <summary>What somebody with a set of roles sees.</summary>
internal sealed class MaskingView(string[] roles, FrozenDictionary<string, ViewLevel>[] profiles, IMasker masker, ViewRequest request) : IMasker
{
    private static readonly ClearTreatment Clear = new();
    private static readonly DataClass NotPersonal = new(DataClasses.NotPersonal);

    // a text that is no Unicode is shown as stars; that too may be longer than the value
    private static readonly int ShortestClear = Clear.GetMaxLength(0);

    private readonly IReadOnlyList<string> _roles = Array.AsReadOnly(roles);
    private readonly FrozenDictionary<string, ViewLevel>.AlternateLookup<ReadOnlySpan<char>>[] _profiles =
        [.. profiles.Select(profile => profile.GetAlternateLookup<ReadOnlySpan<char>>())];

    public string Mask(DataClass dataClass, string? value)
    {
        switch (LevelOf(dataClass))
        {
            case ViewLevel.Clear when !string.IsNullOrEmpty(value):
                Tell(dataClass, Utf16Text.IsWellFormed(value));
                return Clear.Mask(value);
            case ViewLevel.Masked:
                return masker.Mask(dataClass, value);
            case ViewLevel.Pseudonym:
                return Pseudonym(dataClass, value);
            default:
                return "";
        }
    }

    public int GetMaxLength(DataClass dataClass, int sourceLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        return LevelOf(dataClass) switch
        {
            ViewLevel.Clear => Math.Max(Clear.GetMaxLength(sourceLength), ShortestClear),
            ViewLevel.Masked => masker.GetMaxLength(dataClass, sourceLength),
            ViewLevel.Pseudonym => request.Pseudonyms?.MaxLength ?? 0,
            _ => 0,
        };
    }

    public bool TryMask(DataClass dataClass, ReadOnlySpan<char> source, Span<char> destination, out int charsWritten)
    {
        charsWritten = 0;
        switch (LevelOf(dataClass))
        {
            case ViewLevel.Clear when !source.IsEmpty:
                var isText = Utf16Text.IsWellFormed(source);
                return Fits(isText, source.Length, destination.Length) && Tell(dataClass, isText) && Clear.TryMask(source, destination, out charsWritten);
            case ViewLevel.Masked:
                return masker.TryMask(dataClass, source, destination, out charsWritten);
            case ViewLevel.Pseudonym:
                var pseudonym = Pseudonym(dataClass, new string(source));
                charsWritten = pseudonym.TryCopyTo(destination) ? pseudonym.Length : 0;
                return charsWritten == pseudonym.Length;
            default:
                return true;
        }
    }

    public bool TryMask(DataClass dataClass, ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        switch (LevelOf(dataClass))
        {
            case ViewLevel.Clear when !utf8.IsEmpty:
                var isText = Utf8Text.IsWellFormed(utf8);
                return Fits(isText, utf8.Length, destination.Length) && Tell(dataClass, isText) && Clear.TryMask(utf8, destination, out bytesWritten);
            case ViewLevel.Masked:
                return masker.TryMask(dataClass, utf8, destination, out bytesWritten);
            case ViewLevel.Pseudonym:
                var pseudonym = Utf8Text.IsWellFormed(utf8) ? Pseudonym(dataClass, Encoding.UTF8.GetString(utf8)) : "";
                return pseudonym.Length <= destination.Length && Ascii.FromUtf16(pseudonym, destination, out bytesWritten) == OperationStatus.Done;
            default:
                return true;
        }
    }

    private string Pseudonym(DataClass dataClass, string? value)
    {
        var pseudonym = string.IsNullOrEmpty(value) || !Utf16Text.IsWellFormed(value) ? null : request.Pseudonyms?.Pseudonymize(dataClass, value);
        return pseudonym is not null && pseudonym.Length <= request.Pseudonyms!.MaxLength && Ascii.IsValid(pseudonym) ? pseudonym : "";
    }

    /// <summary>Whether a value can be shown; nobody is told of one that then is not.</summary>
    private static bool Fits(bool isWellFormed, int length, int room) => room >= (isWellFormed ? length : Stars.Count);

    /// <summary>Tells of a value that is about to be shown; a text that is no Unicode is shown as stars, which is nobody's value.</summary>
    private bool Tell(DataClass dataClass, bool isShown)
    {
        if (isShown)
        {
            request.Audit!(new ClearView(_roles, dataClass, request));
        }

        return true;
    }

    private ViewLevel LevelOf(DataClass dataClass)
    {
        if (dataClass.IsUnknown || _profiles.Length == 0)
        {
            return ViewLevel.Hidden;
        }

        var level = ViewLevel.Clear;
        foreach (var profile in _profiles)
        {
            var ofRole = LevelOf(profile, dataClass.Name);
            level = ofRole < level ? ofRole : level;
        }

        // what the mask of a class shows in clear is a clear view too
        if (level == ViewLevel.Masked && masker is Masker masks && !NotPersonal.Covers(dataClass) && masks.Find(dataClass) is ClearTreatment)
        {
            level = ViewLevel.Clear;
        }

        return level == ViewLevel.Clear && request.Audit is null ? ViewLevel.Hidden : level;
    }

    private static ViewLevel LevelOf(FrozenDictionary<string, ViewLevel>.AlternateLookup<ReadOnlySpan<char>> profile, ReadOnlySpan<char> name)
    {
        while (!name.IsEmpty)
        {
            if (profile.TryGetValue(name, out var level))
            {
                return level;
            }

            name = name[..Math.Max(name.LastIndexOf('.'), 0)];
        }

        return ViewLevel.Hidden;
    }
}
