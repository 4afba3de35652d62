using System.ComponentModel.DataAnnotations;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

[ProtectedEntity("contact", Scope = "crm")]
public class Contact
{
    public Guid Id { get; set; }

    [PrivacyTenant]
    public string TenantId { get; set; } = "acme";

    [PrivacySubject]
    public string SubjectId { get; set; } = "subject-jane";

    public string Title { get; set; } = "";

    [ProtectedField("name", PadToMultipleOf = 32)]
    public Protected<string>? Name { get; set; }

    [ProtectedField("email")]
    public Protected<string>? Email { get; set; }

    [ProtectedField("born")]
    public Protected<DateOnly>? Born { get; set; }

    [ProtectedField("score")]
    public Protected<int>? Score { get; set; }
}

/// <summary>A kind of contact in the same table.</summary>
public class VipContact : Contact
{
    [ProtectedField("assistant")]
    public Protected<string>? Assistant { get; set; }
}

public class Geo
{
    [ProtectedField("spot")]
    public Protected<string>? Spot { get; set; }
}

public readonly record struct Plan([property: ProtectedField("tier")] Protected<string>? Tier);

public class Address
{
    [ProtectedField("street")]
    public Protected<string>? Street { get; set; }

    public string City { get; set; } = "";
}

/// <summary>Composite key, typed ids, owned types, complex types and JSON.</summary>
public class Customer
{
    public TenantId TenantId { get; set; } = new("acme");

    public Guid Id { get; set; }

    public required Protected<string> Name { get; init; }

    public Geo Geo { get; set; } = new();

    public Plan Plan { get; set; }

    public Address? Home { get; set; }

    public Address? Work { get; set; }

    public List<Device> Devices { get; } = [];

    public List<Note> Notes { get; } = [];

    public Profile? Profile { get; set; }
}

public class Device
{
    [ProtectedField("serial")]
    public Protected<string>? Serial { get; set; }
}

public class Note
{
    [ProtectedField("text")]
    public Protected<string>? Text { get; set; }
}

public class Profile
{
    [ProtectedField("bio")]
    public Protected<string>? Bio { get; set; }
}

/// <summary>The key is the database's.</summary>
public class Order
{
    public int Id { get; set; }

    public Guid ContactId { get; set; }

    public Contact? Contact { get; set; }

    public Protected<string>? Message { get; set; }
}

/// <summary>The same, with a property for what is bound.</summary>
public class Ticket
{
    public long Id { get; set; }

    public Guid RowId { get; set; }

    [PrivacySubject]
    public Guid Person { get; set; }

    [ProtectedField("body")]
    public Protected<string>? Body { get; set; }
}

/// <summary>With a concurrency token of the application, and a protected one.</summary>
public class Versioned
{
    [Key]
    public string Code { get; set; } = "";

    public string SubjectId { get; set; } = "subject-jane";

    [ConcurrencyCheck]
    [ProtectedField("secret")]
    public Protected<string>? Secret { get; set; }
}
