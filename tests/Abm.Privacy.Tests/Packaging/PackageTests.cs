using Abm.Privacy.Consent.Packs;
using System.IO.Compression;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Packaging;

/// <summary>Packs the library and uses the package as a stranger would: from a folder, in a project that knows nothing else.</summary>
public sealed class PackageTests : IDisposable
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
    public async Task A_fresh_project_registers_the_package_and_calls_each_primitive()
    {
        var feed = _folder.File("feed");
        var pack = await ProcessRun.DotNetAsync(
            Repository.Root, "pack", Repository.Path("src", "Abm.Privacy"), "--configuration", Configuration, "--no-build", "--nologo", "--output", feed, $"-p:Version={Version}");
        Assert.True(pack.ExitCode == 0, pack.Output + pack.Error);
        AssertContents(feed);

        var project = Directory.CreateDirectory(_folder.File("consumer")).FullName;
        WriteProject(project, feed);
        var run = await ProcessRun.DotNetAsync(project, "run", "--configuration", "Release");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["mask: j***@example.com", "decrypt: jane.doe@example.com"], lines[..2]);
        Assert.Matches("^pseudonym: p1_[A-Za-z0-9_-]{22}$", lines[2]);
        Assert.Equal(["consent: Deny CONSENT_MISSING", "retention: Undetermined", "copy: 7 j***@example.com", "text: Contact { Id = 7, Email = j***@example.com }"], lines[3..]);
        Assert.True(File.Exists(Path.Combine(project, "keys", "root.p12")));
    }

    public void Dispose()
    {
        _folder.Dispose();

        // the fresh project restored the package into the user's cache: take it out again
        var cached = Path.Combine(PackageCache, "abm.privacy", Version);
        if (Directory.Exists(cached))
        {
            Directory.Delete(cached, recursive: true);
        }
    }

    private static string PackageCache => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static void AssertContents(string feed)
    {
        using var package = ZipFile.OpenRead(Path.Combine(feed, $"Abm.Privacy.{Version}.nupkg"));
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("lib/net10.0/Abm.Privacy.dll", files);
        Assert.Contains("lib/net10.0/Abm.Privacy.xml", files);
        Assert.Contains("analyzers/dotnet/cs/Abm.Privacy.CodeFixes.dll", files);
        Assert.Contains("analyzers/dotnet/cs/Abm.Privacy.Generators.dll", files);
        Assert.Contains("buildTransitive/Abm.Privacy.props", files);
        Assert.Contains("README.md", files);
        Assert.Contains("icon.png", files);
        Assert.True(File.Exists(Path.Combine(feed, $"Abm.Privacy.{Version}.snupkg")));

        using var specification = new StreamReader(package.GetEntry("Abm.Privacy.nuspec")!.Open());
        var dependencies = specification.ReadToEnd().Split('\n').Where(line => line.Contains("<dependency ", StringComparison.Ordinal)).Select(line => line.Split('"')[1]);
        Assert.Equal(
            [
                "Microsoft.Extensions.DependencyInjection.Abstractions",
                "Microsoft.Extensions.Hosting.Abstractions",
                "Microsoft.Extensions.Logging.Abstractions",
                "Microsoft.Extensions.Options",
                "Microsoft.Extensions.Options.ConfigurationExtensions",
                "System.Security.Cryptography.Pkcs",
            ],
            dependencies.Order(StringComparer.Ordinal));
    }

    private static void WriteProject(string project, string feed)
    {
        File.WriteAllText(Path.Combine(project, "consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Abm.Privacy" Version="{Version}" />
                <PackageReference Include="Microsoft.Extensions.Configuration" Version="{TestPackageVersion}" />
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="{TestPackageVersion}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="folder" value="{feed}" />
              </packageSources>
            </configuration>
            """);
        File.Copy(Repository.Path("tests", "Abm.Privacy.Tests", "Packaging", "Consumer", "Program.cs.txt"), Path.Combine(project, "Program.cs"));
        var policies = Directory.CreateDirectory(Path.Combine(project, "policies")).FullName;
        File.WriteAllText(Path.Combine(policies, "consent.json"), ConsentPacks.EuropeanUnion.Document);
        File.Copy(Repository.Path("samples", "QuickStart", "policies", "retention.json"), Path.Combine(policies, "retention.json"));
    }

    /// <summary>The version of the platform's packages that these tests run with.</summary>
    private static string TestPackageVersion => File.ReadLines(Repository.Path("Directory.Packages.props"))
        .Single(line => line.Contains("\"Microsoft.Extensions.Hosting\"", StringComparison.Ordinal))
        .Split('"')[3];
}
