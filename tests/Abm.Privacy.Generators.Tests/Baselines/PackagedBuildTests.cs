using System.IO.Compression;
using Abm.Privacy.Generators.Tests.Support;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Generators.Tests.Baselines;

/// <summary>A project of a stranger's that refers to the packed packages and has a committed baseline: its build fails after a rename.</summary>
public sealed class PackagedBuildTests : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    // a version of its own, so that no package cache answers with an older build
    private static readonly string Version = $"0.0.0-test.{Environment.ProcessId}.{Environment.TickCount64}";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_rename_fails_the_build_until_the_baseline_says_it()
    {
        foreach (var package in (string[])["Abm.Privacy", "Abm.Privacy.EntityFrameworkCore"])
        {
            await RunAsync(
                succeeds: true, Repository.Root, "pack", Repository.Path("src", package), "--configuration", Configuration, "--no-build", "--nologo",
                "--output", _folder.File("feed"), $"-p:Version={Version}");
        }

        AssertAnalyzersFlow();
        var project = WriteProject("Email", "Email");
        await RunAsync(succeeds: true, project, "build", "--nologo");

        Write(project, "Contact.cs", Contact("Mail"));
        var output = await RunAsync(succeeds: false, project, "build", "--no-restore", "--nologo");
        Assert.Contains("privacy-baseline.json(8,9): error ABMP001: The baseline names Shop.Contact.Email (crm/contact/email)", output, StringComparison.Ordinal);
        Assert.Contains("Contact.cs(10,31): error ABMP002: Contact.Mail is protected and not in the baseline.", output, StringComparison.Ordinal);

        Write(project, "privacy-baseline.json", BaselineText.Contact("Mail=email"));
        await RunAsync(succeeds: true, project, "build", "--no-restore", "--nologo");

        // the generator and the analyzers of masking come the same way
        Write(project, "Mailing.cs", Mailing("person.Email"));
        output = await RunAsync(succeeds: false, project, "build", "--no-restore", "--nologo");
        Assert.Contains("Mailing.cs(13,46): error ABMP020: 'Email' is classified as 'contact.email' and goes into a log in clear.", output, StringComparison.Ordinal);

        Write(project, "Mailing.cs", Mailing("person.Masked(masker)"));
        await RunAsync(succeeds: true, project, "build", "--no-restore", "--nologo");
    }

    public void Dispose()
    {
        _folder.Dispose();

        // the project restored the packages into the user's cache: take them out again
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var cached in (string[])[Path.Combine(cache, "abm.privacy", Version), Path.Combine(cache, "abm.privacy.entityframeworkcore", Version)])
        {
            if (Directory.Exists(cached))
            {
                Directory.Delete(cached, recursive: true);
            }
        }
    }

    /// <summary>An SDK may keep to what a package excludes from its dependencies, which by default are their analyzers.</summary>
    private void AssertAnalyzersFlow()
    {
        using var package = ZipFile.OpenRead(Path.Combine(_folder.File("feed"), $"Abm.Privacy.EntityFrameworkCore.{Version}.nupkg"));
        using var specification = new StreamReader(package.GetEntry("Abm.Privacy.EntityFrameworkCore.nuspec")!.Open());
        var dependency = specification.ReadToEnd().Split('\n').Single(line => line.Contains("<dependency id=\"Abm.Privacy\"", StringComparison.Ordinal));
        Assert.DoesNotContain("Analyzers", dependency, StringComparison.Ordinal);
    }

    /// <summary>A project that refers to the package for databases alone.</summary>
    private string WriteProject(string property, string listed)
    {
        var project = Directory.CreateDirectory(_folder.File("shop")).FullName;
        Write(project, "shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Abm.Privacy.EntityFrameworkCore" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        Write(project, "nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="folder" value="{_folder.File("feed")}" />
              </packageSources>
            </configuration>
            """);
        Write(project, "Contact.cs", Contact(property));
        Write(project, "privacy-baseline.json", BaselineText.Contact(listed + "=email"));
        return project;
    }

    private static string Contact(string property) => $$"""
        using Abm.Privacy.Classification;

        namespace Shop;

        [ProtectedEntity("contact", Scope = "crm")]
        public class Contact
        {
            public Guid Id { get; set; }
            [ProtectedField("email")]
            public Protected<string>? {{property}} { get; set; }
        }
        """;

    private static string Mailing(string logged) => $$"""
        using Abm.Privacy.Classification;
        using Abm.Privacy.Masking;
        using Microsoft.Extensions.Logging;

        namespace Shop;

        public sealed record Person([Classified(DataClasses.Email)] string Email);

        public static class Mailing
        {
            public static Person Send(ILogger logger, Person person, IMasker masker)
            {
                logger.LogInformation("to {Person}", {{logged}});
                return person.MaskedCopy(masker);
            }
        }
        """;

    private static void Write(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private static async Task<string> RunAsync(bool succeeds, string folder, params string[] arguments)
    {
        var run = await ProcessRun.DotNetAsync(folder, arguments);
        Assert.True(run.ExitCode == 0 == succeeds, run.Output + run.Error);
        return run.Output;
    }
}
