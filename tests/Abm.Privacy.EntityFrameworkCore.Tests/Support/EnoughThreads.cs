using System.Runtime.CompilerServices;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>Threads from the beginning: tests that race hold some of them, and a server's log-in must not wait for the pool to grow.</summary>
internal static class EnoughThreads
{
    private const int Count = 64;

#pragma warning disable CA2255 // a test project is a program
    [ModuleInitializer]
    internal static void Provide() => ThreadPool.SetMinThreads(Count, Count);
#pragma warning restore CA2255
}
