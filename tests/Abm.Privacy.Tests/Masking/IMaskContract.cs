namespace Abm.Privacy.Tests.Masking;

/// <summary>The part of a contract that runs apart from the others.</summary>
internal interface IMaskContract
{
    void MasksWithoutAllocation();
}
