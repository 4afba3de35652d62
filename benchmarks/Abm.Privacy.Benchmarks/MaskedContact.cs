using Abm.Privacy.Classification;

namespace Abm.Privacy.Benchmarks;

/// <summary>A contact of 12 fields.</summary>
public sealed class MaskedContact
{
    [Classified(DataClasses.NotPersonal)]
    public int Id { get; init; }

    [Classified(DataClasses.NotPersonal)]
    public string Code { get; init; } = "";

    [Classified(DataClasses.Email)]
    public string Email { get; init; } = "";

    [Classified(DataClasses.Email)]
    public string SecondEmail { get; init; } = "";

    [Classified(DataClasses.Phone)]
    public string Phone { get; init; } = "";

    [Classified(DataClasses.PersonName)]
    public string FirstName { get; init; } = "";

    [Classified(DataClasses.PersonName)]
    public string LastName { get; init; } = "";

    [Classified(DataClasses.AccountName)]
    public string Account { get; init; } = "";

    [Classified(DataClasses.JobTitle)]
    public string JobTitle { get; init; } = "";

    [Classified(DataClasses.PostalAddress)]
    public string Street { get; init; } = "";

    [Classified(DataClasses.BirthDate)]
    public DateOnly? Born { get; init; }

    [Classified(DataClasses.Note)]
    public string Note { get; init; } = "";
}
