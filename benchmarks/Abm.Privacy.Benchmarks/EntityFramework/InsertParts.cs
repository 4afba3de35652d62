using System.Diagnostics;
using System.Globalization;
using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>What a protected insert does more than a plain one, part by part: key rows without rows, and cryptography without a database.</summary>
internal sealed class InsertParts(TrialDatabase database)
{
    private static readonly TenantId Tenant = new("acme");

    /// <summary>Seconds for storing that many first keys, as many a transaction as rows a save.</summary>
    public async Task<double> InsertKeysAsync(int rows)
    {
        var keys = new InMemoryDataKeyStore();
        using var ring = new KeyRing(new VolatileRootKeyProvider(), new InMemoryTenantKeyStore(), keys, new KeyRingOptions(), TimeProvider.System);
        var watch = new Stopwatch();
        for (var done = 0; done < rows; done += BulkTrial.RowsPerSave)
        {
            SubjectId[] subjects = [.. Enumerable.Range(0, BulkTrial.RowsPerSave).Select(_ => new SubjectId(Guid.NewGuid().ToString()))];
            (await ring.OpenAsync(Tenant, subjects)).Dispose();
            var made = await keys.FindAsync(Tenant, [.. subjects.Select(DataKeyOwner.ForSubject)], CancellationToken.None);
            watch.Start();
            await using (var context = database.NewProtected())
            {
                await SqlDataKeyStore.For(context).AddAsync(Tenant, made, CancellationToken.None);
            }

            watch.Stop();
        }

        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Seconds for making that many keys, encrypting four values under each and one index value, on as many cores as a save takes.</summary>
    public static async Task<double> EncryptAsync(int rows)
    {
        await using var services = new ServiceCollection()
            .AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()).AddBlindIndex())
            .BuildServiceProvider();
        var (ring, encryptor, indexer) =
            (services.GetRequiredService<KeyRing>(), services.GetRequiredService<IFieldEncryptor>(), services.GetRequiredService<IBlindIndexer>());
        string[] fields = ["name", "email", "phone", "street"];
        var watch = Stopwatch.StartNew();
        for (var done = 0; done < rows; done += BulkTrial.RowsPerSave)
        {
            SubjectId[] subjects = [.. Enumerable.Range(done, BulkTrial.RowsPerSave).Select(i => new SubjectId(Guid.NewGuid().ToString()))];
            using var lease = await ring.OpenAsync(Tenant, subjects);
            using var roots = await indexer.OpenAsync(Tenant);
            Parallel.For(0, subjects.Length, i =>
            {
                var email = string.Create(CultureInfo.InvariantCulture, $"contact-{done + i}@example.com");
                var clear = Encoding.UTF8.GetBytes(email);
                foreach (var field in fields)
                {
                    var envelope = new byte[encryptor.GetEnvelopeLength(clear.Length)];
                    encryptor.Encrypt(lease, subjects[i], new FieldContext(Tenant, "crm", "contact", field, subjects[i].Value), clear, envelope);
                }

                indexer.Compute(roots, ProtectedContext.ByEmail, EmailAddress.Parse(email), new byte[8]);
            });
        }

        return watch.Elapsed.TotalSeconds;
    }
}
