using System.Collections.Specialized;
using System.Text.Json;
using Quartz;
using Quartz.Spi;

namespace WalProvider.Ecosystem.Tests;

/// <summary>Turns a job's data into bytes and back, for a job store that keeps it as a blob.</summary>
public sealed class TextSerializer : IObjectSerializer
{
    public void Initialize()
    {
    }

    public byte[] Serialize<T>(T obj)
        where T : class
        => JsonSerializer.SerializeToUtf8Bytes(obj switch
        {
            JobDataMap map => map.WrappedMap.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString()),
            NameValueCollection properties => properties.AllKeys.ToDictionary(key => key!, key => properties[key]),
            _ => throw new NotSupportedException($"{obj.GetType()} is not kept as a job's data"),
        });

    public T? DeSerialize<T>(byte[] data)
        where T : class
    {
        var map = new JobDataMap();
        var properties = new NameValueCollection();
        foreach (var (key, value) in JsonSerializer.Deserialize<Dictionary<string, string?>>(data)!)
        {
            map[key] = value!;
            properties[key] = value;
        }

        return typeof(T).IsAssignableFrom(typeof(NameValueCollection)) ? (T)(object)properties : (T)(object)map;
    }
}
