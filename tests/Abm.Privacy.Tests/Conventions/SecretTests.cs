using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Masking.Keyed;

namespace Abm.Privacy.Tests.Conventions;

/// <summary>No type that holds a secret or a person's identifier shows it in text, in a debugger or in JSON.</summary>
public class SecretTests
{
    private const string Canary = "canary";

    private static readonly Assembly Library = typeof(PrivacyException).Assembly;

    /// <summary>One instance of every public type that holds something to hide, with what must not be seen.</summary>
    private static readonly Dictionary<Type, (object Instance, string[] Hidden)> Holders = new()
    {
        [typeof(SecretKey)] = (SecretKey.FromBytes(new byte[SecretKey.Size].Select((_, i) => (byte)(i + 1)).ToArray()), ["AQIDBAUG", "010203040506", "[1,2,3"]),
        [typeof(MaskingKey)] = (MaskingKey.FromBytes(new byte[SecretKey.Size].Select((_, i) => (byte)(i + 1)).ToArray()), ["AQIDBAUG", "010203040506", "[1,2,3"]),
        [typeof(RootKeyFileOptions)] = (new RootKeyFileOptions { Path = "root.p12", Password = Canary }, [Canary]),
        [typeof(CertificateSource)] = (new CertificateSource { Path = "root.pfx", Password = Canary }, [Canary]),
        [typeof(SubjectId)] = (new SubjectId(Canary), [Canary]),
        [typeof(EmailAddress)] = (EmailAddress.Parse(Canary + "@example.com"), [Canary, "example.com"]),
        [typeof(E164Phone)] = (E164Phone.Parse("+4930123456"), ["30123456"]),
    };

    [Fact]
    public void A_holder_of_a_secret_never_shows_it()
    {
        foreach (var (type, (instance, hidden)) in Holders)
        {
            string[] shown =
            [
                instance.ToString()!,
                string.Create(CultureInfo.InvariantCulture, $"{instance}"),
                Json(instance),
                Json(new { Inner = instance }),
                DebuggerView(type, instance),
            ];
            foreach (var text in hidden)
            {
                Assert.All(shown, view => Assert.DoesNotContain(text, view, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Fact]
    public void Every_public_type_that_holds_a_secret_is_tested_above()
    {
        var holders = Library.GetExportedTypes().Where(type => !type.IsAbstract && MembersOf(type).Any(member => HoldsSecret(member.Name, member.Type)));

        Assert.Contains(typeof(RootKeyFileOptions), holders);
        Assert.Empty(holders.Where(type => !Holders.ContainsKey(type)).Select(type => type.FullName));
    }

    [Fact]
    public void Every_identifier_of_a_person_is_tested_above()
    {
        // an organization's domain is no secret
        var identifiers = Library.GetExportedTypes().Where(type => typeof(IIdentifier).IsAssignableFrom(type) && type is { IsInterface: false } && type != typeof(DomainName));

        Assert.Empty(identifiers.Where(type => !Holders.ContainsKey(type)).Select(type => type.FullName));
    }

    [Fact]
    public void No_type_that_holds_key_material_is_a_record()
    {
        var records = Library.GetTypes().Where(type => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

        Assert.Empty(records.Where(type => MembersOf(type).Any(member => HoldsSecret(member.Name, member.Type))).Select(type => type.FullName));
    }

    private static bool HoldsSecret(string name, Type type) =>
        type == typeof(SecretKey)
        || (type == typeof(string) && name.Contains("password", StringComparison.OrdinalIgnoreCase) && !name.Contains("file", StringComparison.OrdinalIgnoreCase))
        || (type == typeof(byte[]) && name.Trim('_').Equals("key", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(string Name, Type Type)> MembersOf(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return type.GetFields(All).Select(field => (field.Name, field.FieldType)).Concat(type.GetProperties(All).Select(property => (property.Name, property.PropertyType)));
    }

    private static string Json(object value)
    {
        try
        {
            return JsonSerializer.Serialize(value);
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException)
        {
            return error.Message; // a refusal is an answer too, if it does not show the value
        }
    }

    /// <summary>What a debugger shows: the display text and every member that is not hidden.</summary>
    private static string DebuggerView(Type type, object instance)
    {
        Assert.NotNull(type.GetCustomAttribute<DebuggerDisplayAttribute>());
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var fields = type.GetFields(All)
            .Where(field => !field.Name.StartsWith('<') && field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never)
            .Select(field => $"{field.GetValue(instance)}");
        var properties = type.GetProperties(All)
            .Where(property => property.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never && !property.PropertyType.IsByRefLike)
            .Select(property => $"{property.GetValue(instance)}");
        return string.Join('|', fields.Concat(properties).Append(instance.ToString()));
    }
}
