using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking.Views;
using Abm.Privacy.Pseudonymization;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets views use the pseudonymizer: addresses, numbers and domains in their normal form, any other text as it is.</summary>
internal sealed class ViewPseudonymSource(IPseudonymizer pseudonymizer, PseudonymDomain domain) : IViewPseudonymSource
{
    public async ValueTask<IViewPseudonyms> OpenAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        new Opened(await pseudonymizer.OpenAsync(tenant, domain, cancellationToken).ConfigureAwait(false));

    private sealed class Opened(PseudonymLease lease) : IViewPseudonyms
    {
        private static readonly DataClass Email = new(DataClasses.Email);
        private static readonly DataClass Phone = new(DataClasses.Phone);
        private static readonly DataClass Domain = new(DataClasses.AccountDomain);

        /// <summary>The prefix, the digits of the greatest version, the separator and 16 bytes of base64url.</summary>
        public int MaxLength => 1 + 10 + 1 + 22;

        public string? Pseudonymize(DataClass dataClass, string value)
        {
            if (Email.Covers(dataClass))
            {
                return EmailAddress.TryParse(value, out var email) ? lease.Pseudonymize(email).ToString() : null;
            }

            if (Phone.Covers(dataClass))
            {
                return E164Phone.TryParse(value, out var phone) ? lease.Pseudonymize(phone).ToString() : null;
            }

            if (Domain.Covers(dataClass))
            {
                return DomainName.TryParse(value, out var name) ? lease.Pseudonymize(name).ToString() : null;
            }

            return dataClass.IsUnknown ? null : lease.Pseudonymize(new ClassifiedText($"{dataClass.Name}:{value}")).ToString();
        }

        public void Dispose() => lease.Dispose();
    }

    /// <summary>A text that has no normal form of its own; its class stands before it, so that two classes have no pseudonym in common.</summary>
    private readonly struct ClassifiedText(string value) : IIdentifier
    {
        public static string IdentifierType => "classified-text";

        public static string Normalizer => "classified-text-v1";

        public string Value => value;
    }
}
