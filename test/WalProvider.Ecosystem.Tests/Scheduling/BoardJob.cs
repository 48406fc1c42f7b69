using Quartz;

namespace WalProvider.Ecosystem.Tests;

/// <summary>Says that it ran, and counts its runs in its own stored data.</summary>
[PersistJobDataAfterExecution]
[DisallowConcurrentExecution]
public sealed class BoardJob : IJob
{
    public Task Execute(IJobExecutionContext context)
    {
        var data = context.JobDetail.JobDataMap;
        var runs = data.ContainsKey("runs") ? int.Parse(data.GetString("runs")!) + 1 : 1;
        data["runs"] = $"{runs}";
        Board.Of(context.Scheduler.SchedulerName).Ran($"{context.JobDetail.Key.Name} {runs} {context.MergedJobDataMap.GetString("word")}");
        return Task.CompletedTask;
    }
}
