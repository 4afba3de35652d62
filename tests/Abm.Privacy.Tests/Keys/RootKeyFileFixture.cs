using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

/// <summary>One root key file for all tests of a class: its 600,000 iterations take their time.</summary>
public sealed class RootKeyFileFixture : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.File("root.p12");

    /// <summary>A file with another root, made when a test first asks for it.</summary>
    public RootKeyFileOptions Other => new() { Path = _folder.File("other.p12"), Password = Password, CreateIfMissing = true };

    public async ValueTask InitializeAsync() => await PrivacyKeys.CreateRootFileAsync(Path, Password);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
