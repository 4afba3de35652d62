namespace QuickStart.Output;

/// <summary>Progress on the caller's thread, told at most once per thousandth.</summary>
internal sealed class LatestProgress(Action<double> tell) : IProgress<double>
{
    private const double Step = 0.001;
    private double _last = -1;

    public void Report(double value)
    {
        if (value - _last >= Step || value < _last)
        {
            _last = value;
            tell(value);
        }
    }
}
