"""Filters, texts, macros and charts of the templates."""

import os
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, Template

from nucleo import graficos
from nucleo.dinero import bs, de_centavos, formato_bs
from nucleo.plantillas import (
    RAIZ,
    _Lector,
    entorno,
    estatico,
    filtro_minutos,
    filtro_numero,
    icono,
    leer_hoja,
)
from nucleo.reloj import ZONA, ahora


def _macro(fuente: str, **contexto: Any) -> str:
    cabeza = '{% import "componentes/formulario.html" as f %}{% import "componentes/ui.html" as ui %}'
    plantilla: Template = entorno().from_string(cabeza + fuente)
    return " ".join(plantilla.render(contexto).split())


@pytest.mark.parametrize(
    ("fuente", "esperado"),
    [
        ("{{ m|bs }}", "Bs 1.234,50"),
        ("{{ 123450|bs }}", "Bs 1.234,50"),
        ("{{ none|bs }}", "—"),
        ("{{ 1234567|numero }}", "1.234.567"),
        ("{{ d|numero }}", "2,5"),
        ("{{ t|fecha }}", "22 de noviembre de 2026"),
        ("{{ t|fecha_hora }}", "22 de noviembre de 2026, 22:05"),
    ],
)
def test_filtros(fuente: str, esperado: str) -> None:
    momento = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)  # still the 22nd in La Paz

    assert _macro(fuente, m=bs("1234.50"), d=Decimal("2.5"), t=momento) == esperado.replace("\xa0", " ")


@given(st.integers(-(10**15), 10**15))
@settings(max_examples=300, deadline=None)
def test_los_montos_se_escriben_como_dice_cldr(centavos: int) -> None:
    segun_cldr = format_decimal(Decimal(abs(centavos)) / 100, format="#,##0.00", locale="es_BO")
    signo = "−\xa0" if centavos < 0 else ""  # as the movements that leave have it
    assert formato_bs(centavos) == formato_bs(de_centavos(centavos)) == f"{signo}Bs\xa0{segun_cldr}"
    assert filtro_numero(centavos) == format_decimal(centavos, locale="es_BO")


def test_hace_dice_antes_y_despues() -> None:
    assert _macro("{{ t|hace }}", t=ahora() - timedelta(hours=3, seconds=5)) == "hace 3 horas"
    assert _macro("{{ t|hace }}", t=ahora() + timedelta(days=2, seconds=5)) == "dentro de 2 días"
    assert _macro("{{ t|hace }}", t=ahora() + timedelta(days=3, hours=14)) == "dentro de 3 días"
    assert _macro("{{ t|hace }}", t=ahora() + timedelta(days=9, hours=1)) == "dentro de 9 días"
    assert _macro("{{ t|hace }}", t=ahora()) == "ahora mismo"


def test_los_textos_escapan_sus_variables_y_respetan_el_porcentaje() -> None:
    assert _macro("{{ _('Hola %(n)s', n=n) }}", n="<i>") == "Hola &lt;i&gt;"
    assert _macro("{{ _('10 % de comisión') }}") == "10 % de comisión"
    assert _macro("{% trans n=n %}Hola <b>{{ n }}</b>{% endtrans %}", n="<i>") == "Hola <b>&lt;i&gt;</b>"


def test_un_campo_con_error_lo_enlaza_y_lo_describe() -> None:
    html = _macro(
        '{{ f.campo("precio", "Precio", "12", ayuda="En bolivianos", error="Falta", modo="decimal") }}'
    )

    assert 'aria-describedby="precio-ayuda precio-error" aria-invalid="true"' in html
    assert '<label class="campo__etiqueta" for="precio">Precio</label>' in html
    assert 'id="precio-error"' in html
    assert 'inputmode="decimal"' in html


def test_el_resumen_de_errores_lleva_a_cada_campo() -> None:
    html = _macro("{{ f.resumen_errores(e) }}", e={"precio": "Falta el precio", "": "No alcanza"})

    assert '<a href="#precio">Falta el precio</a>' in html
    assert "<li>No alcanza</li>" in html
    iguales = {f"filas.{n}.precio": "Falta el precio" for n in range(1, 60)} | {"nombre": "Falta el nombre"}
    html = " ".join(_macro("{{ f.resumen_errores(e) }}", e=iguales).split())
    assert '<li><a href="#filas.1.precio">Falta el precio</a> (en 59 lugares)</li>' in html
    assert '<li><a href="#nombre">Falta el nombre</a></li>' in html
    assert html.count("<li>") == 2
    assert _macro("{{ f.resumen_errores({}) }}") == ""


def test_una_clave_nunca_vuelve_en_el_formulario() -> None:
    assert "secreto" not in _macro('{{ f.campo("clave", "Clave", "secreto", tipo="password") }}')


def test_lo_que_escribe_la_gente_sale_escapado() -> None:
    malo = '"><script>alert(1)</script>'
    html = _macro(
        "{{ f.campo('a', 'A', m) }}{{ f.area('b', 'B', m) }}{{ ui.encabezado(m) }}{{ ui.insignia(m) }}"
        "{{ ui.foto(none, m) }}{{ ui.tarjeta_producto('/p', m, 100, none, m, m) }}",
        m=malo,
    )

    assert "<script" not in html


def test_los_iconos_son_decorativos_y_los_estaticos_llevan_huella() -> None:
    assert 'aria-hidden="true"' in icono("truck")
    assert estatico("js/qhatu.js").startswith("/estatico/js/qhatu.js?v=")


def test_un_grafico_trae_titulo_descripcion_y_los_datos_en_tabla() -> None:
    html = str(graficos.barras("Pedidos <hoy>", [("lun", 3), ("mar", 12)], "pedidos"))

    assert "Pedidos &lt;hoy&gt;</title>" in html
    assert "De 3 a 12 pedidos; el mayor valor es de mar." in html
    assert '<tr><th scope="row">mar</th><td class="monto">12</td></tr>' in html
    dinero = str(graficos.barras("Precio", [("ene", bs("45.50")), ("feb", bs("1200"))])).replace("\xa0", " ")
    assert "De Bs 45,50 a Bs 1.200,00; el mayor valor es de feb." in dinero
    assert '<tr><th scope="row">ene</th><td class="monto">Bs 45,50</td></tr>' in dinero
    assert "De 3 a 12; el mayor" in str(graficos.linea("Nada", [("lun", 3), ("mar", 12)]))
    assert "Todavía no hay datos" in graficos.linea("Nada", [])
    dias = str(graficos.barras("Mes", [(f"{n}/11", n) for n in range(1, 31)]))
    assert dias.count('text-anchor="middle"') <= 7
    ejes = r'text-anchor="end">([^<]*)<'
    assert re.findall(ejes, str(graficos.barras("Uno", [("nov", 1)]))) == ["0", "1"]
    assert re.findall(ejes, str(graficos.barras("Diez", [("mar", 10)]))) == ["0", "2", "4", "6", "8", "10"]
    assert re.findall(ejes, str(graficos.barras("Medio", [("mar", 0.5), ("abr", 1)])))[1] == "0,25"


def test_las_cajas_van_sobre_una_escala_y_traen_sus_cinco_precios() -> None:
    pedido = graficos.Caja("Pedido", *map(bs, ("10", "20", "40", "60", "80")))
    pagado = graficos.Caja("Pagado", *map(bs, ("8", "8", "8", "8", "8")))
    html = str(graficos.cajas("Guantes <par>", [pedido, pagado])).replace("\xa0", " ")

    assert "Guantes &lt;par&gt;</title>" in html
    assert "Pedido: de Bs 10,00 a Bs 80,00, la mediana Bs 40,00; Pagado: de" in html
    assert (
        '<tr><th scope="row">Mediana</th><td class="monto">Bs 40,00</td><td class="monto">Bs 8,00</td></tr>'
        in html
    )
    # 0 to 80 over 448 units from 8 on: a quarter is 112, and what has no width can still be seen
    assert '<rect class="grafico__caja" x="120.0" y="19" width="224.0" height="22" rx="2"/>' in html
    assert '<rect class="grafico__caja" x="52.8" y="63" width="2.0" height="22" rx="2"/>' in html
    assert "polyline" not in html
    assert "Todavía no hay datos" in graficos.cajas("Nada", [])


def test_un_maximo_lejano_no_borra_las_cajas() -> None:
    """8.000 beside a third quartile of 9: the scale ends at 40, and an arrow says that it goes on."""
    html = str(graficos.cajas("Barbijos", [graficos.Caja("Pedido", 3, 5, 7, 9, 8000)]))
    assert '<line class="grafico__linea" x1="41.6" x2="456.0" y1="30" y2="30"/>' in html
    assert '<polyline class="grafico__linea" points="449.0,25 456.0,30 449.0,35"/>' in html
    assert '<tr><th scope="row">Máximo</th><td class="monto">8.000</td></tr>' in html


@pytest.mark.parametrize(
    ("mayor", "tope"), [(0, 1.0), (7, 8.0), (12, 20.0), (31, 40.0), (100, 100.0), (0.5, 1.0)]
)
def test_la_escala_de_un_grafico_es_un_numero_redondo(mayor: float, tope: float) -> None:
    assert graficos._tope([mayor]) == tope


def test_existen_todos_los_iconos_que_se_nombran() -> None:
    """A misspelled icon would only show when somebody opens that page."""
    carpetas = [
        "templates",
        "ciudadania",
        "comercio",
        "empresa_digital",
        "envios",
        "feria_inversa",
        "pagos",
        "plataforma",
    ]
    fuentes = [f for c in carpetas for f in (RAIZ / c).rglob("*") if f.suffix in {".html", ".py"}]
    nombrados = {
        n for f in fuentes for n in re.findall(r'(?:icono|_dibujo)\(\s*"([a-z0-9-]+)"', f.read_text("utf-8"))
    }

    assert len(nombrados) > 30
    for nombre in nombrados:
        icono(nombre)


@pytest.mark.navegador
def test_un_boton_que_necesita_guion_no_se_ve_sin_el(chromium: Any) -> None:
    """The style of a button used to beat `hidden`: without JavaScript «Imprimir» did nothing."""
    boton = '<button class="boton boton--primario" data-imprimir hidden>Imprimir</button>'
    pagina = chromium.new_page(java_script_enabled=False)
    pagina.set_content(f"<style>{leer_hoja()}</style>{boton}<p>Etiqueta</p>")
    assert pagina.get_by_text("Etiqueta").is_visible()
    assert not pagina.get_by_text("Imprimir").is_visible()
    pagina.close()


@pytest.mark.navegador
def test_en_un_telefono_lo_del_lado_no_se_lleva_el_nombre(chromium: Any) -> None:
    """Of a list, a long date beside a name takes less than half of the row, and breaks."""
    pagina = chromium.new_page(viewport={"width": 360, "height": 700})
    pagina.set_content(
        f"<meta name=viewport content='width=device-width'><style>{leer_hoja()}</style>"
        "<table class='tabla tabla--renglones'><tbody><tr><th class='renglon__que'>Cierre de ofertas</th>"
        "<td class='con-rotulo' data-etiqueta='Día'>miércoles 23 de septiembre, 16:00</td></tr></table>"
    )
    nombre, fila = (pagina.locator(que).bounding_box()["width"] for que in ("th", "tr"))
    pagina.close()
    assert nombre > 0.45 * fila


def test_toda_cuenta_de_una_plantilla_dice_su_numero() -> None:
    """`ngettext` of a template chooses the words; their number is written by `|format(num=…)`."""
    sin_numero = [
        f"{hoja.name}: {cuenta[:60]}"
        for hoja in (RAIZ / "templates").rglob("*.html")
        for cuenta in re.findall(r"ngettext\(.*?\}\}", hoja.read_text())
        if "%(num)s" in cuenta and "|format(" not in cuenta
    ]
    assert sin_numero == []


def test_una_pagina_no_busca_sus_plantillas_en_el_disco(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a second at most, so that an edited one is still seen; it was a tenth of a list page."""
    miradas: list[str] = []
    de_veras = os.path.getmtime
    vuelta = 1

    def mirar(ruta: str) -> float:
        miradas.append(Path(ruta).name)
        return de_veras(ruta)

    monkeypatch.setattr("nucleo.plantillas._vuelta", lambda: vuelta)
    monkeypatch.setattr("os.path.getmtime", mirar)
    entorno().get_template("errores/404.html")
    entorno().get_template("errores/404.html")
    miradas.clear()
    for _ in range(3):
        entorno().get_template("errores/404.html")
    assert miradas == []
    vuelta += 1
    for _ in range(3):
        entorno().get_template("errores/404.html")
    assert miradas == ["404.html"]


def test_una_plantilla_editada_se_ve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vuelta = 1
    monkeypatch.setattr("nucleo.plantillas._vuelta", lambda: vuelta)
    env = Environment(loader=_Lector(tmp_path), autoescape=True)
    hoja = tmp_path / "a.html"
    hoja.write_text("uno")
    assert env.get_template("a.html").render() == "uno"
    hoja.write_text("dos")
    os.utime(hoja, (1, 1))
    assert env.get_template("a.html").render() == "uno"
    vuelta += 1
    assert env.get_template("a.html").render() == "dos"


def test_cada_clase_de_las_hojas_de_estilo_se_usa() -> None:
    """Of `boton--peligro` the second half may be a variable: then the first must be followed by one."""
    raiz = Path(__file__).resolve().parents[2]
    hojas = [p for carpeta in ("static", "templates") for p in (raiz / carpeta).rglob("*.css")]
    sin_notas = "\n".join(re.sub(r"/\*.*?\*/", "", p.read_text("utf-8"), flags=re.S) for p in hojas)
    clases = set(re.findall(r"\.([a-zA-Z_][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", sin_notas)))
    usos = "\n".join(
        p.read_text("utf-8")
        for p in raiz.rglob("*")
        if p.suffix in {".html", ".js", ".py"}
        and p.relative_to(raiz).parts[0] not in {".venv", "tests", "bench"}
    )
    sin_uso = {c for c in clases if not re.search(rf"(?<![\w-]){re.escape(c)}(?![\w-])", usos)}
    assert len(clases) > 100
    variables = ("--{{", "--${")  # of a template, of a script
    sobran = {c for c in sin_uso if not any(f"{c.rpartition('--')[0]}{v}" in usos for v in variables)}
    assert sorted(sobran) == []


@pytest.mark.parametrize(
    ("minutos", "dicho"),
    [(1, "1 minuto"), (30, "30 minutos"), (60, "1 hora"), (75, "1 hora y 15 minutos"), (240, "4 horas")],
)
def test_lo_que_dura_se_dice_en_palabras(minutos: int, dicho: str) -> None:
    assert filtro_minutos(minutos) == dicho


def test_un_plazo_que_termina_a_medianoche_dice_su_ultimo_dia() -> None:
    medianoche = datetime(2026, 12, 5, tzinfo=ZONA)
    assert _macro("{{ t|hasta }}", t=medianoche) == "4 de diciembre de 2026"
    assert _macro("{{ t|hasta }}", t=medianoche - timedelta(hours=1)) == "4 de diciembre de 2026, 23:00"
