using System.Globalization;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.TestHost;
using Microsoft.Extensions.DependencyInjection;

// dotnet Abm.Privacy.TestHost.dll <folder> <tenant> <operation> [argument]
// Prints "ready" when its keys are open, then works, with "step" after every step of what is killed; prints "done" at the end.
var (folder, tenant, operation) = (args[0], new TenantId(args[1]), args[2]);
using var root = new FileRoot(Path.Combine(folder, "root.key"));
await using var services = new ServiceCollection()
    .AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.UseRootKeyProvider(_ => root).UseKeyFolder(Path.Combine(folder, "keys"))))
    .BuildServiceProvider();
var (ring, lifecycle, encryptor) = (
    services.GetRequiredService<KeyRing>(), services.GetRequiredService<KeyLifecycle>(), services.GetRequiredService<IFieldEncryptor>());
using (await ring.OpenReadOnlyAsync(tenant, [new SubjectId("s-0")]))
{
    Say("ready");
}

var (pages, progress) = (new KeyRewrapOptions { PageSize = 10 }, new Steps());
switch (operation)
{
    case "rewrap":
        await lifecycle.RewrapDataKeysAsync(tenant, pages, progress);
        break;
    case "close":
        await lifecycle.CloseShredEpochAsync(tenant, pages, progress);
        break;
    case "shred": // in batches of 5, from the first subject on
        for (var i = 0; i < int.Parse(args[3], CultureInfo.InvariantCulture); i += 5)
        {
            await ring.DestroySubjectsAsync(tenant, [.. Enumerable.Range(i, 5).Select(n => new SubjectId($"s-{n}"))]);
            Say("step");
        }

        break;
    case "first": // everyone's first write for the same subjects, until the input ends
        Console.In.ReadLine();
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync($"shared-{i}", i);
        }

        break;
    case "create": // new subjects of this process, until the input ends
        var stop = Task.Run(Console.In.ReadToEnd);
        for (var i = 0; !stop.IsCompleted; i++)
        {
            await WriteAsync($"{args[3]}-{i}", i);
        }

        break;
    default:
        throw new ArgumentException($"Unknown operation: {operation}.");
}

Say("done");

// one line a value: subject, record, envelope; the value is its subject and record
async Task WriteAsync(string subject, int record)
{
    var context = new FieldContext(tenant, "crm", "contact", "email", $"r-{record}");
    var envelope = await encryptor.EncryptTextAsync(new SubjectId(subject), context, $"{subject} {record}");
    Say($"{subject} {record} {Convert.ToHexString(envelope)}");
}

static void Say(string line)
{
    Console.Out.WriteLine(line);
    Console.Out.Flush();
}

/// <summary>Says every page at once, and not when the thread pool comes to it.</summary>
file sealed class Steps : IProgress<KeyRewrapProgress>
{
    public void Report(KeyRewrapProgress value)
    {
        Console.Out.WriteLine("step");
        Console.Out.Flush();
    }
}
