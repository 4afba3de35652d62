using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.EntityFrameworkCore.Revealing;

namespace Abm.Privacy.EntityFrameworkCore;

/// <summary>Says how a context protects personal values.</summary>
public sealed class PrivacyContextOptionsBuilder
{
    internal PrivacyContextOptionsBuilder(PrivacyOptionsExtension extension) => Extension = extension;

    internal PrivacyOptionsExtension Extension { get; set; }

    /// <summary>
    /// Takes the frozen names from a committed file instead of attributes. A model that does not match it any more, as after
    /// a rename, is refused: stored values are bound to their names.
    /// </summary>
    /// <param name="json">The text that <see cref="PrivacyModel.ToJson"/> printed.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The text is no baseline.</exception>
    public PrivacyContextOptionsBuilder UseBaseline(string json)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(json);
        Extension = Extension.With(baseline: PrivacyBaseline.Parse(json));
        return this;
    }

    /// <summary>Tells a sink of your own whenever values are revealed. The default writes a log entry.</summary>
    /// <param name="sink">The sink.</param>
    /// <returns>This builder.</returns>
    public PrivacyContextOptionsBuilder UseRevealAudit(IRevealAuditSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Extension = Extension.With(audit: sink);
        return this;
    }
}
