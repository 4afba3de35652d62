using System.Collections.Frozen;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// Every purpose that the application has, each declared once. The ledger keeps a row of facts for each of them, refuses events for others, and
/// data is refused that a purpose does not need. Purposes form a tree by their names, so a circle cannot be written.
/// </summary>
public sealed class PurposeCatalog
{
    /// <summary>The greatest number of purposes: each costs every contact point a row.</summary>
    public const int MaxPurposes = 100;

    private readonly FrozenDictionary<Purpose, PurposeDefinition> _byPurpose;

    /// <summary>Creates a catalog.</summary>
    /// <param name="definitions">The purposes, each once; at least 1, at most <see cref="MaxPurposes"/>.</param>
    /// <exception cref="ArgumentException">There is none, there are too many, or one is declared twice.</exception>
    public PurposeCatalog(IEnumerable<PurposeDefinition> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        Definitions = [.. definitions.OrderBy(definition => definition.Purpose.Name, StringComparer.Ordinal)];
        if (Definitions.Count is 0 or > MaxPurposes)
        {
            throw new ArgumentException($"A catalog declares 1 to {MaxPurposes} purposes, not {Definitions.Count}.", nameof(definitions));
        }

        if (Definitions.GroupBy(definition => definition.Purpose).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The purpose {twice.Key} is declared twice. Declare it once, with all that it needs.", nameof(definitions));
        }

        _byPurpose = Definitions.ToFrozenDictionary(definition => definition.Purpose);
    }

    /// <summary>The purposes, ordered by name.</summary>
    public IReadOnlyList<PurposeDefinition> Definitions { get; }

    /// <summary>The definition of a purpose.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns>The definition; null if it is not declared.</returns>
    public PurposeDefinition? Find(Purpose purpose) => _byPurpose.GetValueOrDefault(purpose);

    /// <summary>Whether an event may speak of it: of everything, of a declared purpose, or of one above a declared one.</summary>
    /// <param name="scope">What the event speaks of.</param>
    /// <returns>Whether it may.</returns>
    public bool Knows(PurposeScope scope) => scope.IsEverything || Definitions.Any(definition => scope.Covers(definition.Purpose));

    /// <summary>Refuses data that a purpose does not need (GDPR Article 5(1)(c)). Call it before data is disclosed or selected.</summary>
    /// <param name="purpose">What the data is used for.</param>
    /// <param name="dataClasses">The classes of everything that would be given out.</param>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.PurposeUnknown"/>: the purpose is not declared; <see cref="PrivacyErrorCode.DataNotNeeded"/>: it does not list a
    /// class. A class that nobody declared is never needed.
    /// </exception>
    public void ThrowIfNotNeeded(Purpose purpose, params IEnumerable<DataClass> dataClasses)
    {
        ArgumentNullException.ThrowIfNull(dataClasses);
        var definition = Find(purpose) ?? throw Unknown(purpose);
        var refused = dataClasses.Where(dataClass => !definition.Needs(dataClass)).Distinct().ToList();
        if (refused.Count > 0)
        {
            throw new PrivacyException(
                PrivacyErrorCode.DataNotNeeded,
                $"The purpose {purpose} does not list {string.Join(", ", refused)}. Leave the fields out, or add the class to the purpose's definition and say why it is needed.");
        }
    }

    /// <summary>
    /// The classified fields that no purpose needs, as a test of the application lists them: such a field is collected for nothing, or a purpose's
    /// definition is incomplete. A field that nobody classified is among them.
    /// </summary>
    /// <param name="inventory">The classified types.</param>
    /// <returns>The fields, as <c>Type.Path (class)</c>, in the inventory's order.</returns>
    public IReadOnlyList<string> FindUnneeded(ClassifiedInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        return
        [
            .. from model in inventory.Models
               from property in model.Properties
               where !Definitions.Any(definition => definition.Needs(property.DataClass))
               select $"{model.TypeName}.{property.Path} ({property.DataClass})",
        ];
    }

    internal static PrivacyException Unknown(object purpose) => new(
        PrivacyErrorCode.PurposeUnknown, $"The purpose {purpose} is not in the purpose catalog. Declare it there, or correct its name.");
}
