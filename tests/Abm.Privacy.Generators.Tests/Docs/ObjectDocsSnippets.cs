using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Objects;
using Abm.Privacy.Masking.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Abm.Privacy.Generators.Tests.Docs;

#region objects-type
public sealed record Contact
{
    [Classified(DataClasses.NotPersonal)]
    public int Id { get; init; }

    [Classified(DataClasses.Email)]
    public required string Email { get; init; }

    [Classified(DataClasses.BirthDate)]
    public DateOnly? Born { get; init; }

    public string Remark { get; init; } = "";   // nobody said what it is: erased

    public List<Deal> Deals { get; } = [];      // followed
}

public sealed record Deal([property: Classified(DataClasses.PersonName)] string Owner, [property: Classified(DataClasses.NotPersonal)] decimal Value);
#endregion

#pragma warning disable CA1848, CA1873 // the shortest call is shown

/// <summary>The code of docs/object-masking.md, compiled with the generator and run.</summary>
public class ObjectDocsSnippets
{
    private readonly IMasker masker = new Masker();
    private readonly Contact contact = new() { Id = 7, Email = "jane@example.com", Born = new DateOnly(1980, 5, 4), Remark = "SECRET", Deals = { new Deal("Omar Said", 5) } };
    private readonly ILogger logger = NullLogger.Instance;

    [Fact]
    public void Generated()
    {
        using var stream = new MemoryStream();
        using var writer = new Utf8JsonWriter(stream);

        #region objects-generated
        Contact copy = contact.MaskedCopy(masker);                    // a new object with masked values
        contact.WriteMasked(writer, masker);                          // masked JSON, with the JSON names
        string text = $"{contact.Masked(masker)}";                    // Contact { Id = 7, Email = j***@example.com, ...
        logger.LogInformation("{Contact}", contact.Masked(masker));   // masked when the line is written
        #endregion

        writer.Flush();
        Assert.Equal(("j***@example.com", null, "", "O*** S***"), (copy.Email, copy.Born, copy.Remark, copy.Deals[0].Owner));
        Assert.Equal("Contact { Id = 7, Email = j***@example.com, Born = , Deals = [Deal { Owner = O*** S***, Value = 5 }] }", text);
        Assert.DoesNotContain("SECRET", System.Text.Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Json()
    {
        var invoice = new Invoice { Number = 9, Payer = "jane@example.com" };

        #region objects-json
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }   // or a JsonSerializerContext
            .AddMasking(masker, model => model.Declare<Invoice>(type => type
                .Property(invoice => invoice.Number, DataClasses.NotPersonal)
                .Property(invoice => invoice.Payer, DataClasses.Email)));

        string json = JsonSerializer.Serialize(invoice, options);   // {"Number":9,"Payer":"j***@example.com","Text":null}
        #endregion

        Assert.Equal("""{"Number":9,"Payer":"j***@example.com","Text":null}""", json);
    }

    [Fact]
    public async Task Views()
    {
        var services = new ServiceCollection();
        var shown = new List<string>();
        var audit = (ClearView view) => shown.Add(view.ToString());
        var tenant = TenantId.Default;

        #region objects-views
        services.AddAbmPrivacy(privacy => privacy
            .AddPseudonymization(keys => keys.AllowVolatileKeys())
            .AddMaskingViews(options =>
            {
                options.Role("support").Show(DataClasses.Contact, ViewLevel.Masked);
                options.Role("supervisor").Show(DataClasses.Contact, ViewLevel.Clear);
                options.Role("analyst").Show(DataClasses.Email, ViewLevel.Pseudonym);
            }));
        #endregion

        services.AddSingleton(TimeProvider.System);
        await using var provider = services.BuildServiceProvider();
        var cancellationToken = TestContext.Current.CancellationToken;

        #region objects-view
        var views = provider.GetRequiredService<MaskingViews>();
        using var pseudonyms = await provider.GetRequiredService<IViewPseudonymSource>().OpenAsync(tenant, cancellationToken);

        IMasker supervisor = views.For(["supervisor"], new ViewRequest { Audit = audit, Viewer = "u-17", Subject = new SubjectId("s-1") });
        IMasker analyst = views.For(["analyst"], new ViewRequest { Pseudonyms = pseudonyms });

        Contact clear = contact.MaskedCopy(supervisor);   // a view is a masker; audit was told once for each value shown
        Contact linked = contact.MaskedCopy(analyst);     // p1_...: the same person, nobody knows who
        #endregion

        Assert.Equal("jane@example.com", clear.Email);
        Assert.StartsWith("p1_", linked.Email, StringComparison.Ordinal);
        Assert.Equal(["supervisor: contact.email"], shown);
    }

    internal sealed class Invoice
    {
        public int Number { get; set; }

        public string Payer { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
