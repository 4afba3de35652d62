using System.Security.Cryptography.X509Certificates;

namespace Abm.Privacy.Cryptography;

/// <summary>A certificate, and those that stood beside it and may lead to its authority.</summary>
internal sealed class LoadedCertificate(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> others) : IDisposable
{
    public X509Certificate2 Certificate { get; } = certificate;

    public IReadOnlyList<X509Certificate2> Others { get; } = others;

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var other in Others)
        {
            other.Dispose();
        }
    }
}
