using System.Globalization;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Changes;

/// <summary>The values that may be wished of a fact so that an atom changes: what <see cref="FactOrigin"/> lists, or what may turn out where nobody knows.</summary>
internal static class WishList
{
    // a zone of each part of the day; which one it is, only finding out tells
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Australia/Sydney"];

    public static IEnumerable<FactWish> For(FactDefinition fact, Atom atom, EvaluationContext context)
    {
        var origin = FactOrigin.Of(fact);
        if (origin.By is not { } by)
        {
            return [];
        }

        if (origin.By != ChangedBy.Inquiry)
        {
            return origin.Wishes.Select(wish => Of(fact, wish, by, context.Now));
        }

        // what is known is known: nobody may wish for another age
        return context.Read(fact).IsUnknown ? Outcomes(fact, atom, context.Now).Select(value => new FactWish(fact, value.Number, value.Text, by)) : [];
    }

    private static FactWish Of(FactDefinition fact, string? wish, ChangedBy by, DateTimeOffset now) => wish switch
    {
        null => new FactWish(fact, null, null, by),
        FactOrigin.Now => new FactWish(fact, now.ToUnixTimeMilliseconds(), null, by),
        _ when fact.Type is FactType.Code or FactType.TimeZone => new FactWish(fact, null, wish, by),
        _ when fact.Type == FactType.Boolean => new FactWish(fact, wish == "true" ? 1 : 0, null, by),
        _ => new FactWish(fact, long.Parse(wish, CultureInfo.InvariantCulture), null, by),
    };

    private static IEnumerable<(long? Number, string? Text)> Outcomes(FactDefinition fact, Atom atom, DateTimeOffset now) => fact.Type switch
    {
        FactType.Boolean => [(1, null), (0, null)],
        FactType.Code => fact.AllowedValues.Select(value => ((long?)null, (string?)value)),
        FactType.TimeZone => Zones.Where(zone => TimeZones.TryFind(zone, out _)).Select(zone => ((long?)null, (string?)zone)),
        _ => Cuts(atom, now).SelectMany(cut => new[] { cut, cut + 1, cut - 1 }).Select(number => ((long?)number, (string?)null)),
    };

    private static IEnumerable<long> Cuts(Atom atom, DateTimeOffset now) => atom switch
    {
        CompareAtom { Operand: LiteralOperand literal } => [literal.Value.Number],
        CompareAtom { Operand: NowOperand operand } => [operand.MomentAt(now)],
        MembershipAtom membership => membership.Values.Select(value => value.Number),
        _ => atom.Fact.Type == FactType.Instant ? [now.ToUnixTimeMilliseconds()] : [0],
    };
}
