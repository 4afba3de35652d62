using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Classification;

internal abstract class SamplePerson
{
    [Classified(DataClasses.PersonName)]
    public virtual string Name { get; set; } = "";

    [Classified(DataClasses.NationalId)]
    private string TaxId { get; set; } = "";

    public string TaxIdTail => TaxId[..1];
}

internal sealed class SampleContact : SamplePerson
{
    public override string Name { get; set; } = "";

    [Classified(DataClasses.Email)]
    public string Email { get; set; } = "";

    public EmailAddress? Second { get; set; }

    public List<E164Phone> Phones { get; } = [];

    public SampleAddress Address { get; set; } = new("", "");

    public SampleAddress[] Others { get; set; } = [];

    public SampleScore Score { get; set; } = new();

    public SampleContact? Manager { get; set; }

    public Dictionary<string, SampleAddress> ByLabel { get; } = [];

    public string Notes { get; set; } = "";

    public int Age { get; set; }

    [Classified(DataClasses.NotPersonal)]
    public Guid Id { get; set; }

    [Classified(DataClasses.Country)]
    public string Country = "";

    public static string Shared { get; set; } = "";

    public string this[int index] => Phones[index].Value;
}

internal sealed record SampleAddress([Classified(DataClasses.PostalAddress)] string Street, string City);

[Classified(DataClasses.Behavior)]
internal sealed class SampleScore
{
    public int Opens { get; set; }

    [Classified(DataClasses.NotPersonal)]
    public string Model { get; set; } = "";
}

internal sealed class SampleForeign
{
    public string Handle { get; set; } = "";

    public DateOnly Born { get; set; }

    public string Free { get; set; } = "";
}

internal sealed class SampleNode<T>
{
    public SampleNode<SampleNode<T>>? Next { get; set; }
}

internal sealed class SamplePlain
{
    public string Text { get; set; } = "";
}

internal sealed class SampleWeb1
{
    public string Own1 { get; set; } = "";

    public SampleWeb2? To2 { get; set; }

    public SampleWeb3? To3 { get; set; }

    public SampleWeb4? To4 { get; set; }

    public SampleWeb5? To5 { get; set; }
}

internal sealed class SampleWeb2
{
    public string Own2 { get; set; } = "";

    public SampleWeb1? To1 { get; set; }

    public SampleWeb3? To3 { get; set; }

    public SampleWeb4? To4 { get; set; }

    public SampleWeb5? To5 { get; set; }
}

internal sealed class SampleWeb3
{
    public string Own3 { get; set; } = "";

    public SampleWeb1? To1 { get; set; }

    public SampleWeb2? To2 { get; set; }

    public SampleWeb4? To4 { get; set; }

    public SampleWeb5? To5 { get; set; }
}

internal sealed class SampleWeb4
{
    public string Own4 { get; set; } = "";

    public SampleWeb1? To1 { get; set; }

    public SampleWeb2? To2 { get; set; }

    public SampleWeb3? To3 { get; set; }

    public SampleWeb5? To5 { get; set; }
}

internal sealed class SampleWeb5
{
    public string Own5 { get; set; } = "";

    public SampleWeb1? To1 { get; set; }

    public SampleWeb2? To2 { get; set; }

    public SampleWeb3? To3 { get; set; }

    public SampleWeb4? To4 { get; set; }
}

internal interface ISampleReachable
{
    [Classified(DataClasses.Email)]
    string Email { get; }
}

internal class SampleHidden
{
    [Classified(DataClasses.Phone)]
    public string Phone { get; set; } = "";
}

[Classified(DataClasses.NotPersonal)]
internal sealed class SampleLead : SampleHidden, ISampleReachable
{
    public string Email { get; set; } = "";

    public new string Phone { get; set; } = "";

    public int Rank { get; set; }
}
