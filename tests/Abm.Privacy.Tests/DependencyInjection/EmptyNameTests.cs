using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.DependencyInjection;

public class EmptyNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_name_is_refused_by_every_primitive(string name)
    {
        var section = new ConfigurationBuilder().Build();
        Action<PrivacyBuilder>[] registrations =
        [
            privacy => privacy.AddConsent(name),
            privacy => privacy.AddConsent(name, section),
            privacy => privacy.AddRetention(name),
            privacy => privacy.AddRetention(name, section),
            privacy => privacy.AddMasking(name),
            privacy => privacy.AddMasking(name, section),
            privacy => privacy.AddEncryption(name),
            privacy => privacy.AddEncryption(name, section),
            privacy => privacy.AddPseudonymization(name),
            privacy => privacy.AddPseudonymization(name, section),
        ];

        Assert.All(registrations, register =>
            Assert.Equal("name", Assert.Throws<ArgumentException>(() => new ServiceCollection().AddAbmPrivacy(register)).ParamName));
    }
}
