using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using BenchmarkDotNet.Attributes;

namespace Abm.Privacy.Benchmarks;

/// <summary>A masked copy of a contact of 12 fields: generated, and written by hand with the same masker and the same rules.</summary>
[MemoryDiagnoser]
[HideColumns("Error", "Median", "RatioSD")]
public class ObjectMaskingBenchmarks
{
    private static readonly DataClass Email = new(DataClasses.Email);
    private static readonly DataClass Phone = new(DataClasses.Phone);
    private static readonly DataClass Name = new(DataClasses.PersonName);
    private static readonly DataClass Account = new(DataClasses.AccountName);
    private static readonly DataClass Title = new(DataClasses.JobTitle);
    private static readonly DataClass Address = new(DataClasses.PostalAddress);
    private static readonly DataClass Note = new(DataClasses.Note);

    private readonly Masker _masker = new();
    private readonly MaskedContact _contact = new()
    {
        Id = 4711,
        Code = "c-4711",
        Email = "jane.doe@example.com",
        SecondEmail = "j.doe@mail.example.org",
        Phone = "+49 30 1234567",
        FirstName = "Jane",
        LastName = "Doe-Smith",
        Account = "Example Industries",
        JobTitle = "Head of Procurement",
        Street = "12 Elm Street",
        Born = new DateOnly(1980, 5, 4),
        Note = "met at the fair",
    };

    [Benchmark(Baseline = true)]
    public MaskedContact WrittenByHand() => new()
    {
        Id = _contact.Id,
        Code = _contact.Code,
        Email = _masker.Mask(Email, _contact.Email),
        SecondEmail = _masker.Mask(Email, _contact.SecondEmail),
        Phone = _masker.Mask(Phone, _contact.Phone),
        FirstName = _masker.Mask(Name, _contact.FirstName),
        LastName = _masker.Mask(Name, _contact.LastName),
        Account = _masker.Mask(Account, _contact.Account),
        JobTitle = _masker.Mask(Title, _contact.JobTitle),
        Street = _masker.Mask(Address, _contact.Street),
        Born = default,
        Note = _masker.Mask(Note, _contact.Note),
    };

    [Benchmark]
    public MaskedContact MaskedCopy() => _contact.MaskedCopy(_masker);
}
