using System.Security.Cryptography;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>
/// Tells envelopes that are a row's own, and stay as they are stored meanwhile, from those of another row or property, which
/// nobody may take for saved. Only decryption can tell; what it yields is cleared at once.
/// </summary>
internal sealed class KeptEnvelopes(DbContext context)
{
    private readonly PrivacyOptionsExtension _extension = PrivacyOptionsExtension.Of(context);

    /// <exception cref="InvalidOperationException">An envelope is of another place.</exception>
    public async ValueTask CheckAsync(IReadOnlyList<KeptEnvelope> envelopes, CancellationToken cancellationToken)
    {
        foreach (var tenant in envelopes.GroupBy(envelope => envelope.Place.Tenant))
        {
            using var lease = await ContextKeys.OpenReadOnlyAsync(
                context, tenant.Key, [.. tenant.Select(envelope => envelope.Place.Subject).Distinct().Select(DataKeyOwner.ForSubject)], cancellationToken).ConfigureAwait(false);
            CpuWork.ForEach([.. tenant], envelope => Check(lease, envelope));
        }
    }

    public static InvalidOperationException Refusal(ProtectedField field, Exception? error = null) => new(
        $"{field.Name} was assigned an envelope that is bound to another place or person and would not open here. "
        + "Reveal the value first, then assign it.",
        error);

    private void Check(KeyLease lease, KeptEnvelope kept)
    {
        byte[]? clear = null;
        try
        {
            var envelope = kept.Value.Envelope.Span;
            clear = new byte[_extension.Encryptor.GetPlaintextLength(envelope)];
            _extension.Encryptor.Decrypt(lease, kept.Field.ContextOf(kept.Place.Tenant, kept.Place.Record), envelope, clear);
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.SubjectErased)
        {
            // nothing of the person opens any more, so nobody can tell, and nothing of it is written
        }
        catch (PrivacyException error) when (error.Code is PrivacyErrorCode.DecryptionFailed or PrivacyErrorCode.KeyUnavailable or PrivacyErrorCode.FormatUnknown)
        {
            throw Refusal(kept.Field, error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }
}
