using System.Globalization;
using System.Security;
using System.Text;

namespace WalProvider.Benchmarks;

/// <summary>The few shapes that the charts are made of, as SVG text.</summary>
internal sealed class SvgCanvas
{
    public const string Ink = "#1f2937";
    public const string Faint = "#6b7280";
    public const string Grid = "#e5e7eb";

    private readonly StringBuilder _text = new();

    /// <summary>A white sheet: a page's own background may be dark, and the ink is not.</summary>
    public SvgCanvas(int width, int height, string title)
    {
        Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ");
        Append($"font-family=\"Segoe UI, Helvetica, Arial, sans-serif\" role=\"img\">\n<title>{Escape(title)}</title>\n");
        Append($"<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#ffffff\"/>\n");
    }

    public void Bar(double x, double y, double width, double height, string color)
        => Append($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(width, 0.5):0.#}\" height=\"{height:0.#}\" rx=\"2\" fill=\"{color}\"/>\n");

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, bool isDashed = false)
    {
        Append($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{color}\" stroke-width=\"{width:0.#}\"");
        _text.Append(isDashed ? " stroke-dasharray=\"4 3\"/>\n" : "/>\n");
    }

    public void Polyline(IEnumerable<(double X, double Y)> points, string color)
    {
        var list = string.Join(' ', points.Select(point => Numbers.Short($"{point.X:0.#},{point.Y:0.#}")));
        Append($"<polyline points=\"{list}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2.5\" stroke-linejoin=\"round\"/>\n");
    }

    public void Dot(double x, double y, string color) => Append($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4\" fill=\"{color}\"/>\n");

    /// <summary>Writes text, with a rim of the sheet's colour where lines cross it; the anchor is start, middle or end.</summary>
    public void Text(double x, double y, string text, string anchor = "start", double size = 13, string color = Ink, bool isBold = false)
    {
        Append($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" font-size=\"{size:0.#}\" fill=\"{color}\"");
        _text.Append(isBold ? " font-weight=\"600\"" : "");
        Append($" stroke=\"#ffffff\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\">{Escape(text)}</text>\n");
    }

    public override string ToString() => _text + "</svg>\n";

    private static string Escape(string text) => SecurityElement.Escape(text);

    private void Append(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture));
}
