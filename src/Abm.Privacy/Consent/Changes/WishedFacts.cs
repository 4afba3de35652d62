using Abm.Privacy.Consent.Checks;

namespace Abm.Privacy.Consent.Changes;

/// <summary>A row and a question with some values wished for, each fact at most once.</summary>
internal sealed record WishedFacts(ConsentFacts Facts, ConsentQuestion Question, IReadOnlyList<FactWish> Wishes)
{
    /// <summary>The same wishes have the same key, in whatever order they came.</summary>
    public string Key { get; } = string.Join('|', Wishes.Select(wish => wish.Change.ToString()));

    /// <summary>Null if one fact would have two values.</summary>
    public WishedFacts? With(IEnumerable<FactWish> more)
    {
        var (facts, question, wishes) = (Facts, Question, new List<FactWish>(Wishes));
        foreach (var wish in more)
        {
            var index = wishes.FindIndex(held => held.Name == wish.Name);
            if (index >= 0)
            {
                if (wishes[index] != wish)
                {
                    return null;
                }

                continue;
            }

            wishes.Add(wish);
            (facts, question) = Apply(facts, question, wish);
        }

        wishes.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return new WishedFacts(facts, question, wishes);
    }

    private static (ConsentFacts Facts, ConsentQuestion Question) Apply(ConsentFacts facts, ConsentQuestion question, FactWish wish) => wish.Name switch
    {
        FactChange.Jurisdiction => (facts with { Jurisdiction = wish.Text }, question),
        "message.usesSpecialCategory" => (facts, question with { UsesSpecialCategory = wish.Number == 1 }),
        "message.childDirected" => (facts, question with { ChildDirected = wish.Number == 1 }),
        _ => (FactWriter.Write(facts, wish.Name, wish.Number, wish.Text) ?? facts, question),
    };
}
