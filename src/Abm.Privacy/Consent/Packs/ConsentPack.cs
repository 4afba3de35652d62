using System.Text;

namespace Abm.Privacy.Consent.Packs;

/// <summary>
/// One of the policies that come with the library: an engineering reading of one jurisdiction's law, not legal advice. Its
/// document is JSON like any other policy, with an owner, a review date and tests.
/// </summary>
public sealed class ConsentPack
{
    private readonly byte[] _document;
    private readonly Lazy<ConsentPolicy> _policy;

    internal ConsentPack(string id, params IReadOnlyList<ConsentPack> needs)
    {
        Id = id;
        Needs = needs;
        _document = EmbeddedText.Read($"Abm.Privacy.Consent.Packs.{id}.json");
        _policy = new Lazy<ConsentPolicy>(() => ConsentPolicy.Parse(_document, $"pack '{Id}'"));
    }

    /// <summary>The pack's name, such as <c>eu</c>.</summary>
    public string Id { get; }

    /// <summary>The packs without which this one says too little: the rules that hold everywhere, and those of the jurisdiction above.</summary>
    public IReadOnlyList<ConsentPack> Needs { get; }

    /// <summary>The document, to be read by a lawyer or to be copied and changed.</summary>
    public string Document => Encoding.UTF8.GetString(_document);

    /// <summary>The rules of this pack alone. Use <see cref="ConsentPacks.Combine"/> to decide by it.</summary>
    public ConsentPolicy Policy => _policy.Value;

    /// <summary>The pack's name.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;
}
