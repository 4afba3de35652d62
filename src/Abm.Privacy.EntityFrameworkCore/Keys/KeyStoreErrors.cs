using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>What a database's errors become.</summary>
internal static class KeyStoreErrors
{
    /// <summary>Whether a database is to blame. A strategy that does not retry wraps passing faults in an advice to retry.</summary>
    public static bool AreDatabases(Exception error) =>
        error is DbException or RetryLimitExceededException or TimeoutException or IOException or InvalidOperationException { InnerException: DbException or TimeoutException };

    public static PrivacyException Unavailable(Exception error) => new(
        PrivacyErrorCode.KeyStoreUnavailable,
        "The key database could not do what was asked: it is unreachable, locked, full or without its tables (UseAbmPrivacy(), or those of TenantKeyContext). Calling again is safe. The inner exception says more.",
        error);

    public static PrivacyException TenantKeyRetired() => new(
        PrivacyErrorCode.TenantKeyRetired,
        "The tenant key that wraps a data key was retired meanwhile; nothing was stored. Read the tenant's keys again and wrap it under the active one.");
}
