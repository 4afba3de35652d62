using System.Globalization;
using Abm.Privacy.EntityFrameworkCore.Masking;
using Abm.Privacy.Masking.Keyed;

namespace QuickStart.TestData;

/// <summary>What becomes of each column of the test database. A column that is not named here stops the copy.</summary>
internal sealed class TestDataMasks(MaskingKey key)
{
    // a country code that is assigned to nobody, so that no test ever calls anybody
    private static readonly FakeWordList FourDigits = new("four-digits", version: 1, Enumerable.Range(0, 10_000).Select(number => number.ToString("D4", CultureInfo.InvariantCulture)));
    private static readonly FakeTemplate TestPhone = new("test-phone", "+999{0}{1}", FourDigits, FourDigits);

    /// <summary>Keys are tokens: they join, and lead back to nobody without the key.</summary>
    public TokenMask Id { get; } = new(key, "contact.id");

    private readonly FakeMask _email = new(key, "contact.email", FakeTemplate.Email, FakeUniqueness.Suffixed); // a unique column
    private readonly DateShift _dates = new(key, "dates");

    public MaskedCopy Copy(TestDataContext source, TestDataContext target) => new MaskedCopy(source, target)
        .Table<PlainContact>(contact => contact
            .Mask(c => c.Id, Id)
            .Mask(c => c.AccountId, new TokenMask(key, "account.id"))
            .Mask(c => c.Name, new FakeMask(key, "person.name", FakeTemplate.PersonName), of: c => c.Id)
            .Mask(c => c.Email, _email)
            .Mask(c => c.Phone, new FakeMask(key, "contact.phone", TestPhone))
            .Keep(c => c.Country)
            .ShiftDates(c => c.LastActivityAt, _dates, subject: c => c.Id)
            .Erase(c => c.Note))
        .Table<PlainActivity>(activity => activity // ContactId follows the key that it refers to
            .Mask(a => a.Email, _email)
            .ShiftDates(a => a.At, _dates, subject: a => a.ContactId));
}
