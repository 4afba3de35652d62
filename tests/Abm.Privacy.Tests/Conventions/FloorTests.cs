using System.Reflection;

namespace Abm.Privacy.Tests.Conventions;

/// <summary>
/// The three floors of the house: an arrow points down only, and on the ground and upper floors only to the left. The
/// primitives of the middle floor do not know one another.
/// </summary>
public class FloorTests
{
    private const string Root = "";
    private const string DependencyInjection = "DependencyInjection";

    private static readonly string[] Ground = ["Classification", "Identifiers", "Cryptography", "Keys", "Evidence"];
    private static readonly string[] Middle = ["Encryption", "Pseudonymization", "Masking", "Consent", "Retention"];
    private static readonly string[] Upper = ["Accountability", "Disclosure", "Erasure", "Rights", DependencyInjection];

    private static readonly Assembly Library = typeof(PrivacyException).Assembly;

    [Fact]
    public void No_type_refers_to_a_room_that_it_may_not_know()
    {
        var offences =
            from type in Library.GetTypes()
            let room = RoomOf(type)
            where room is not null
            from other in TypeReferences.Of(type)
            where other.Assembly == Library
            let otherRoom = RoomOf(other)
            where otherRoom is not null && !MayKnow(room, otherRoom)
            select $"{type.FullName} ({room}) refers to {other.FullName} ({otherRoom})";

        Assert.Empty(offences.Distinct());
    }

    [Fact]
    public void Every_type_stands_in_a_room_of_the_design()
    {
        var rooms = new HashSet<string>([Root, .. Ground, .. Middle, .. Upper]);

        Assert.Empty(Library.GetTypes().Where(type => RoomOf(type) is { } room && !rooms.Contains(room)).Select(type => type.FullName));
    }

    [Fact]
    public void A_reference_inside_a_method_body_is_seen()
    {
        // the check above is worth nothing if it only reads signatures
        Type[] compiled = [typeof(RefersInBody), .. typeof(RefersInBody).GetNestedTypes(BindingFlags.NonPublic)];
        var found = compiled.SelectMany(TypeReferences.Of).ToHashSet();

        Assert.Contains(typeof(Uri), found);
        Assert.Contains(typeof(Version), found);
        Assert.Contains(typeof(OperatingSystem), found);
    }

    [Theory]
    [InlineData("Keys", "Identifiers", true)]
    [InlineData("Identifiers", "Keys", false)]
    [InlineData("Encryption", "Keys", true)]
    [InlineData("Encryption", "Masking", false)]
    [InlineData("Keys", "Encryption", false)]
    [InlineData("DependencyInjection", "Encryption", true)]
    [InlineData("Erasure", "Rights", false)]
    [InlineData("Rights", "Erasure", true)]
    [InlineData("Consent", "", true)]
    [InlineData("", "Consent", false)]
    public void The_floors_allow_and_refuse_what_the_design_says(string from, string to, bool allowed)
    {
        Assert.Equal(allowed, MayKnow(from, to));
    }

    private static bool MayKnow(string room, string other)
    {
        if (room == other || other == Root)
        {
            return true;
        }

        return (FloorOf(room), FloorOf(other)) switch
        {
            (0, 0) => Array.IndexOf(Ground, other) < Array.IndexOf(Ground, room),
            (2, 2) => Array.IndexOf(Upper, other) < Array.IndexOf(Upper, room),
            var (floor, otherFloor) => otherFloor < floor,
        };
    }

    private static int FloorOf(string room) =>
        room == Root ? -1 : Ground.Contains(room) ? 0 : Middle.Contains(room) ? 1 : 2;

    /// <summary>The room of a type; null for what compilers add.</summary>
    private static string? RoomOf(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Namespace switch
        {
            "Abm.Privacy" => Root,
            { } name when name.StartsWith("Abm.Privacy.", StringComparison.Ordinal) => name["Abm.Privacy.".Length..].Split('.')[0],
            "Microsoft.Extensions.DependencyInjection" or "Microsoft.Extensions.Logging" => DependencyInjection,

            // generated from the calls that bind configuration, all of which stand in DependencyInjection
            { } name when name.StartsWith("Microsoft.Extensions.Configuration.Binder", StringComparison.Ordinal) => DependencyInjection,
            _ => null,
        };
    }

    private sealed class RefersInBody
    {
        public static object Text()
        {
            Func<string, object> late = text => new Version(text);
            return new Uri("https://example.com").Host + late("1.0") + OperatingSystem.IsLinux();
        }
    }
}
