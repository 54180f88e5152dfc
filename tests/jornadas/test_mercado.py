"""The State's market, by its pages, from link to link: a weaver looks for who buys what she makes and is told
of the next call; a journalist finds purchases that stop just under a ceiling and takes them home.

A citizen who checks an award without network is in `tests/constancia/test_navegador.py`, on a telephone, and
in `tests/feria_inversa/pruebas`, by the command line.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self
from urllib.parse import urlencode

from lxml import html
from sqlalchemy import Engine

from alertas import enviar
from feria_inversa.banderas.tareas import mirar_entidades
from feria_inversa.panorama import contar_mercado, llevar_historia
from feria_inversa.perfiles import calcular_precios
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria, crear_parte, feria, feria_con_calendario
from tests.feria_inversa.importar.ayudas import CABEZA, renglon, traer
from tests.feria_inversa.perfiles.ayudas import ITEMS_CABEZA, items

__all__ = ["crear_parte", "feria", "feria_con_calendario"]
UNIFORMES = "Uniformes escolares"
MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


def _dicho(elemento: Any) -> str:
    """Its words; those of one cell, and of the next, apart."""
    return " ".join(" ".join(elemento.xpath(".//text()")).replace("\xa0", " ").split())


@dataclass
class Lectora:
    """Somebody who reads pages and goes on by what they have: a link, the form of a search."""

    navegador: Any
    pagina: Any = field(default=None)

    def ir(self, ruta: str) -> Self:
        self.pagina = html.fromstring(self._pedir(ruta).text, base_url="http://127.0.0.1" + ruta)
        return self

    def _pedir(self, ruta: str) -> Any:
        respuesta = self.navegador.get(ruta)
        assert respuesta.status_code == 200, f"{ruta}: {respuesta.status_code}"
        return respuesta

    @property
    def texto(self) -> str:
        return _dicho(self.pagina.xpath("//main")[0])

    def _enlace(self, que: str) -> str:
        hallados = {a.get("href") for a in self.pagina.xpath("//main//a[@href]") if que in _dicho(a)}
        assert len(hallados) == 1, f"«{que}»: {hallados}"
        return str(hallados.pop())

    def seguir(self, que: str) -> Self:
        """By the only link that says so."""
        return self.ir(self._enlace(que))

    def bajar(self, que: str) -> list[dict[str, str]]:
        """The rows of the sheet to which that link leads."""
        hoja = self._pedir(self._enlace(que)).content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(hoja), delimiter=";"))

    def formulario(self, accion: str) -> Any:
        (suyo,) = self.pagina.xpath(f'//main//form[@action="{accion}"]')
        return suyo

    def buscar(self, accion: str, **valores: str) -> Self:
        """With its form, whose other fields stay as they are."""
        suyo = self.formulario(accion)
        for nombre, valor in valores.items():
            suyo.fields[nombre] = valor
        return self.ir(f"{accion}?{urlencode(suyo.form_values())}")

    def enviar(self, accion: str) -> Self:
        """Send a form as it stands; where it leads."""
        respuesta = self.navegador.post(accion, data=dict(self.formulario(accion).form_values()))
        assert respuesta.status_code == 303, respuesta.text
        return self.ir(respuesta.headers["location"])

    def tabla(self, titulo: str) -> list[tuple[str, ...]]:
        """The rows of the table that has that caption."""
        (suya,) = self.pagina.xpath(f'//main//table[normalize-space(caption)="{titulo}"]')
        return [tuple(map(_dicho, fila.xpath("./th|./td"))) for fila in suya.xpath("./tbody/tr")]


def _historia_de_uniformes() -> None:
    """School uniforms: five calls of the municipality of Sucre, one of a hospital there, three far away."""
    de_sucre = {"entidad": "Alcaldía de Sucre", "objeto": UNIFORMES, "departamento": "Chuquisaca"}
    dias = ["2024-02-05"] * 4 + ["2024-03-01"]
    lineas = [
        renglon(n, publicacion=dia, presentacion="2024-03-20", **de_sucre) for n, dia in enumerate(dias, 1)
    ]
    del_hospital = {"cuce": "24-0046-00-0000006-1-1", "entidad": "Hospital"}
    lineas.append(renglon(6, publicacion="2024-03-04", presentacion="2024-03-20", **de_sucre | del_hospital))
    for n in (7, 8, 9):
        de_lejos = {"cuce": f"24-0015-00-{n:07d}-1-1", "entidad": "Ministerio", "objeto": UNIFORMES}
        lineas.append(renglon(n, publicacion="2024-06-03", presentacion="2024-06-20", **de_lejos))
    lineas.append(renglon(10, publicacion="2024-03-04", presentacion="2024-03-20", objeto="Sillas"))
    traer(CABEZA + "".join(lineas), visto_en=date(2024, 8, 1))
    precios = ("100", "110", "120", "130", "140")
    pedidos = [("UNIFORMES ESCOLARES", "PIEZA", "", precio) for precio in precios]
    traer(ITEMS_CABEZA + items(*pedidos), visto_en=date(2024, 8, 1))
    llevar_historia()
    calcular_precios()
    contar_mercado()


def test_una_tejedora_halla_quien_compra_uniformes_y_se_entera_del_proximo(
    feria: Feria, sesion_web: Any
) -> None:
    _historia_de_uniformes()
    tejedora = Lectora(sesion_web(feria.ana.persona))

    tejedora.ir("/feria").seguir("quién compra lo que usted vende")
    tejedora.buscar("/feria/mercado", q="uniformes escolares", departamento="01")

    assert tejedora.tabla("Quién compra más") == [
        (f"{quien} perfil de {quien}", cuantos)
        for quien, cuantos in (("Alcaldía de Sucre", "5"), ("Hospital", "1"))
    ]
    assert tejedora.tabla("Dónde") == [("Chuquisaca perfil de Chuquisaca", "6")]
    assert tejedora.tabla("Procesos por mes del año") == [
        (mes, {"feb": "4", "mar": "2"}.get(mes, "0")) for mes in MESES
    ]
    assert "Del 5 de febrero de 2024 al 4 de marzo de 2024" in tejedora.texto, tejedora.texto
    mercado = tejedora.pagina

    tejedora.seguir("A qué precio compra el Estado: uniformes escolares")
    assert "UNIFORMES ESCOLARES, por pieza" in tejedora.texto
    assert "Mediana Bs 120,00" in tejedora.texto
    assert (
        "5 precios de 5 procesos y 1 entidad, del 5 de febrero de 2024 al 1 de marzo de 2024."
        in tejedora.texto
    )

    tejedora.pagina = mercado
    tejedora.seguir("Avisarme de lo nuevo")
    assert "«uniformes escolares», Chuquisaca" in tejedora.texto
    tejedora.enviar("/mis-alertas")
    assert enviar.enviar_pendientes() == 0  # what was called before is no news

    feria.publicada()
    feria.publicada(titulo=UNIFORMES, municipio_ine="020101")
    feria.publicada(titulo="Uniformes escolares de invierno")
    entregar_pendientes()
    assert enviar.enviar_pendientes() == 1
    assert enviar.enviar_pendientes() == 0

    tejedora.ir("/buzon")
    avisos = [_dicho(a) for a in tejedora.pagina.xpath('//main//a[@class="tarjeta__enlace"]')]
    assert [a for a in avisos if a.startswith("Hay novedad")] == [
        "Hay novedad: Uniformes escolares de invierno"
    ]
    tejedora.seguir("Hay novedad").seguir("Ver de qué se trata")
    assert _dicho(tejedora.pagina.xpath("//h1")[0]) == "Uniformes escolares de invierno"


CABEZA_DE_PROCESOS = (
    "menciones,cuce,entidad,tipo_contratacion,modalidad,objeto,estado,subasta,fecha_presentacion,"
    "fecha_publicacion,archivos,formularios,costo_pliego,reunion_aclaracion,fecha_adjudicacion_desierta,"
    "departamento,normativa,total_adjudicado,total_recepcionado,total_referencial\n"
)
COSAS: tuple[str, ...] = ("Arena", "Bombas", "Cemento", "Dinamos", "Escaleras", "Focos", "Grava", "Hornos")
COSAS += ("Imprentas", "Jabones", "Ladrillos", "Mesas", "Nogales", "Ollas", "Palas")


def _compras(codigo: str, entidad: str, montos: list[int]) -> str:
    """A year of small purchases of an entity, a different thing each, one a month."""
    return "".join(
        f"x,24-{codigo}-00-{n:07d}-1-1,{entidad},Bienes,CM,{cosa},Contratado,,2024-{n % 12 + 1:02d}-20,"
        f"2024-{n % 12 + 1:02d}-10,,,,,,La Paz,NB-SABS (D.S.0181),{monto},{monto},{monto}\n"
        for n, (cosa, monto) in enumerate(zip(COSAS, montos, strict=False), start=1)
    )


def test_una_periodista_halla_compras_justo_bajo_el_tope_y_las_baja(cliente: Any, bd: Engine) -> None:
    """Twelve of the fifteen of a municipality are in the last tenth under Bs 50.000; another's are spread."""
    bajo_el_tope = [45_100 + 400 * n for n in range(12)]
    de_una = _compras("1201", "Municipio Primero", [*bajo_el_tope, 41_000, 42_000, 43_000])
    de_otra = _compras("1202", "Municipio Segundo", [40_500 + 600 * n for n in range(15)])
    traer(CABEZA_DE_PROCESOS + de_una + de_otra, visto_en=date(2025, 1, 15))
    llevar_historia()
    assert mirar_entidades() == 2
    contar_mercado()
    periodista = Lectora(cliente)

    periodista.ir("/feria").seguir("Lo que vale la pena mirar en las compras del Estado")
    periodista.buscar("/feria/mercado/banderas", codigo="Q05")
    titulos = [_dicho(h) for h in periodista.pagina.xpath('//article[@class="panel"]/h2')]
    assert titulos == ["Justo debajo del tope"] * 12
    assert "Municipio Segundo" not in periodista.texto

    periodista.seguir("Municipio Primero")
    assert "15 procesos en el mercado, 0 sin convocatoria." in periodista.texto
    for dicho in (
        "Procesos entre 90 y 100 % del tope 12",
        "Procesos entre 80 y 90 % del tope 3",
        "Tope de la modalidad Bs 50.000,00",
        "No dice que alguien obró mal",
    ):
        assert dicho in periodista.texto, dicho
    banderas = periodista.bajar("Bajar como CSV")
    assert {(b["codigo"], b["entidad_codigo"]) for b in banderas} == {("Q05", "1201")}

    periodista.seguir("Ver y bajar sus procesos")
    procesos = periodista.bajar("Bajar como CSV")
    assert len(procesos) == 15
    assert {p["entidad"] for p in procesos} == {"Municipio Primero"}
    montos = {p["cuce"]: Decimal(p["total_referencial"].replace(",", ".")) for p in procesos}
    assert sorted(montos.values()) == sorted([*bajo_el_tope, 41_000, 42_000, 43_000])
    # What she counts by herself with the sheet is what the flag says.
    suyos = {cuce for cuce, monto in montos.items() if 45_000 < monto <= 50_000}
    assert suyos == {b["cuce"] for b in banderas}
    assert len(suyos) == 12
