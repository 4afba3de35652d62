using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking;

/// <summary>Which mask a data class gets where it is not the default one.</summary>
public sealed class MaskingOptions
{
    /// <summary>
    /// Masks by the name of a data class; a class also covers the classes below it. The default is empty: each built-in
    /// class has its default mask, and every other class is erased.
    /// </summary>
    /// <value>
    /// <c>email</c>, <c>phone</c>, <c>phone:4</c> (2 to 4 digits), <c>person-name</c>, <c>payment-card</c>, <c>iban</c>,
    /// <c>ip-address</c>, <c>ip-address:16,32</c> (bits of IPv4 and IPv6), <c>url</c>, <c>url:host,path</c>, <c>url:none</c>,
    /// <c>postcode:DE</c>, <c>postal-address</c>, <c>postal-address:DE</c>, <c>date:year</c>, <c>date:quarter</c>, <c>date:month</c>,
    /// <c>bucket:10</c>, <c>round:1000</c>, <c>keep-first:2</c>, <c>keep-last:4</c> (1 to 64), <c>keep:1,2</c>, each of them perhaps
    /// with <c>,length=8</c> or <c>,length=kept</c>, <c>,char=#</c> and <c>,unit=rune</c>; <c>constant</c>, <c>constant:[hidden]</c>,
    /// <c>null</c>, <c>erase</c>, or <c>clear</c> for a class that holds no personal data.
    /// </value>
    public IDictionary<string, string> Classes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What <see cref="Use"/> has set; a field, so that no configuration binds it.</summary>
    internal readonly Dictionary<string, Treatment> Treatments = new(StringComparer.Ordinal);

    /// <summary>
    /// Sets a mask that text cannot name, such as one of the application's own. A class that also stands in
    /// <see cref="Classes"/> is a fault: neither would be sure to win.
    /// </summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="dataClass">The class; it covers the classes below it.</param>
    /// <param name="mask">How its values are masked.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">The class is <see cref="DataClass.Unknown"/>, which is always erased.</exception>
    public MaskingOptions Use<TMask>(DataClass dataClass, TMask mask)
        where TMask : struct, IMask
    {
        if (dataClass.IsUnknown)
        {
            throw new ArgumentException("The unknown class is always erased. Name a data class.", nameof(dataClass));
        }

        Treatments[dataClass.Name] = Treatment.Of(mask);
        return this;
    }
}
