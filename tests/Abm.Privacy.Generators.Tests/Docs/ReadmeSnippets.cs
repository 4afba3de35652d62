using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Abm.Privacy.Generators.Tests.Docs;

#pragma warning disable CA1848, CA1873 // the shortest call is shown

/// <summary>The code of README.md that needs the generator, compiled with it and run.</summary>
public class ReadmeSnippets
{
    [Fact]
    public void Views()
    {
        var services = new ServiceCollection();
        ILogger logger = NullLogger.Instance;
        var contact = new Contact { Id = 7, Email = "jane.doe@example.com" };
        var shown = new List<string>();
        var audit = (ClearView view) => shown.Add(view.ToString());

        #region mask-views
        services.AddAbmPrivacy(privacy => privacy.AddMaskingViews(options =>
        {
            options.Role("support").Show(DataClasses.Contact, ViewLevel.Masked);
            options.Role("lead").Show(DataClasses.Contact, ViewLevel.Clear);
        }));
        #endregion

        using var provider = services.BuildServiceProvider();
        var views = provider.GetRequiredService<MaskingViews>();

        #region mask-objects
        IMasker view = views.For(["support", "lead"], new ViewRequest { Viewer = "u-17", Audit = audit });   // the most restrictive wins

        Contact seen = contact.MaskedCopy(view);
        logger.LogInformation("{Contact}", contact.Masked(view));   // masked when the line is written
        #endregion

        Assert.Equal("j***@example.com", seen.Email);
        Assert.Empty(shown);
        Assert.Equal("jane.doe@example.com", contact.MaskedCopy(views.For("lead", new ViewRequest { Audit = audit })).Email);
        Assert.Equal(["lead: contact.email"], shown);
    }
}
