"""Forty real processes of a month of SICOES, written down by the API with their code, dates and state.

Two of each norm and modality that occurs, the one that was desierto in part, the seven that were suspended,
and the path without a call.
Their amounts are not published: the reference is the least that the modality admits, and the text says so.
"""

import csv
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.cronograma.verificar import verificar_cronogramas
from feria_inversa.entidades.cuce import Cuce
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.verificar import verificar_codigos
from nucleo.plazos import calendario
from nucleo.reloj import ZONA, fecha_bolivia
from tests.feria_inversa.conftest import Parte
from tests.feria_inversa.expediente.test_actos import Api

EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[3] / "shared" / "datos"))
ARCHIVO = EXTERNOS / "sicoes" / "convocatorias-202403.csv"
API = "/api/v1/convocatorias"
NORMAS = {
    "NB-SABS (D.S.0181)": "NB-SABS",
    "Compro Hecho en Bolivia (D.S.4505)": "DS-4505",
    "D.S. 2439 FPS": "DS-2439",
    "D.S. 2511 Programa Bolivia Cambia": "DS-2511",
    "D.S. 26688": "DS-26688",
    "Normativa del Financiador": "FINANCIADOR",
    "Normativa del Financiador (BID)": "BID",
    "Normativa del Financiador (BM)": "BM",
    "Otra Normativa especifica nacional": "OTRA",
}
CATEGORIAS = {
    "Bienes": "bienes",
    "Servicios Generales": "servicios",
    "Obras": "obras",
    "Consultoria": "consultoria",
}
CAPITALES = {
    "Chuquisaca": "010101",
    "La Paz": "020101",
    "Cochabamba": "030101",
    "Oruro": "040101",
    "Potosi": "050101",
    "Tarija": "060101",
    "Santa Cruz": "070101",
    "Beni": "080101",
    "Pando": "090101",
}
# The least that each modality of DS 0181 admits; of the others no norm that we hold bounds the amount.
NOMINAL = {"ANPE": "50000.01", "ANPP": "200000.01", "LP": "1000000.01"}
SIN_MONTO = "SICOES no publica el monto: la referencia de este registro es nominal, la menor de su modalidad."
# How each state of SICOES is told here.
ESTADOS = {
    "Vigente": "publicado",
    "En curso": "evaluacion",
    "Adjudicado": "adjudicado",
    "Contratado": "contratado",
    "Desierto": "desierto",
    "Desierto Parcial": "adjudicado",
    "Anulado desde la convocatoria": "anulado",
    "Cancelado": "cancelado",
    "Suspendido": "suspendido",
}
# Acts that end or stop it while it is published.
MIENTRAS_SE_PUBLICA = {
    "Anulado desde la convocatoria": "cancelacion",
    "Cancelado": "cancelacion",
    "Suspendido": "suspension",
}
APARTE = {"Desierto Parcial", "Suspendido"}
"""All of these that there are."""
SIN_CONVOCATORIA = 26
CIERRES = {"Anulado desde la convocatoria": {"cierre": "anula"}, "Cancelado": {"cierre": "cancela"}}
MOTIVO = "Registro de lo que SICOES dice de este proceso."
pytestmark = pytest.mark.skipif(
    not ARCHIVO.is_file(), reason="faltan los datos externos (QHATU_DATOS_EXTERNOS)"
)


@dataclass
class Proceso:
    fila: dict[str, str]
    cuce: Cuce
    id: str = ""
    items: list[str] = field(default_factory=list)

    @property
    def estado(self) -> str:
        return self.fila["estado"]

    @property
    def titulo(self) -> str:
        return " ".join(self.fila["objeto_de_contratacion"].split())

    @property
    def publicada(self) -> date:
        return date.fromisoformat(self.fila["fecha_publicacion"])

    @property
    def cierre(self) -> date:
        return date.fromisoformat(self.fila["fecha_presentacion"])


def _elegidos() -> list[Proceso]:
    """Two of each norm and modality, the first ones with different codes, the one desierto in part, and all
    that were suspended."""
    por_clase: dict[tuple[str, str], dict[str, Proceso]] = defaultdict(dict)
    extra = []
    with ARCHIVO.open(encoding="utf-8") as archivo:
        for fila in csv.DictReader(archivo):
            proceso = Proceso(fila, Cuce.leer(fila["cuce"]))
            if proceso.estado in APARTE:
                extra.append(proceso)
            elif proceso.estado in ESTADOS:
                suyos = por_clase[fila["modalidad"], fila["normativa"]]
                if len(suyos) < 2:
                    suyos.setdefault(fila["cuce"], proceso)
    return [proceso for suyos in por_clase.values() for proceso in suyos.values()] + extra


@dataclass
class Escenario:
    api: Api
    crear_parte: Callable[..., Parte]
    reloj: Any
    ana: Parte
    sesion: Session
    entidades: dict[str, Parte] = field(default_factory=dict)

    def entidad(self, proceso: Proceso) -> Parte:
        """Registered once, with its code and the executing units of its processes."""
        codigo = proceso.cuce.entidad
        if codigo not in self.entidades:
            self.entidades[codigo] = self.crear_parte(
                proceso.fila["entidad"],
                TipoUnidad.ENTIDAD_PUBLICA,
                (Facultad.ADMINISTRAR,),
                (Habilitacion.ENTIDAD_CONTRATANTE,),
                identificadores={"BO-CINS": str(int(codigo))},
                municipio_ine=CAPITALES[proceso.fila["departamento"]],
            )
        parte = self.entidades[codigo]
        ruta = f"/api/v1/entidades-contratantes/{parte.id}/unidades-ejecutoras"
        declaradas = {e["ejecutora"] for e in self.pedir("GET", ruta, None)}
        if proceso.cuce.unidad not in declaradas | {"00"}:
            datos = {"ejecutora": proceso.cuce.unidad, "nombre": f"Unidad ejecutora {proceso.cuce.unidad}"}
            self.pedir("POST", ruta, parte, datos)
        return parte

    def pedir(self, metodo: str, ruta: str, parte: Parte | None, cuerpo: Any = None) -> Any:
        respuesta = self.api(metodo, ruta, parte, cuerpo)
        assert respuesta.status_code < 300, (ruta, respuesta.text)
        return respuesta.json()


def _actos(e: Escenario, p: Proceso) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """What its entity did of it, and when: the hours are ours."""
    yield _a_las(p.publicada, 9), lambda: _anotar(e, p)
    if p.cuce.sin_convocatoria:
        yield _a_las(p.publicada, 10), lambda: _adjudicar(e, p)
        yield _a_las(p.publicada, 11), lambda: _contratar(e, p)
        return
    ruta = f"{API}/{{}}"
    if p.estado in MIENTRAS_SE_PUBLICA:
        acto = MIENTRAS_SE_PUBLICA[p.estado]
        yield (
            _a_las(p.publicada, 15),
            lambda: e.pedir(
                "POST",
                f"{ruta.format(p.id)}/{acto}",
                _de(e, p),
                {"motivo": MOTIVO} | CIERRES.get(p.estado, {}),
            ),
        )
        return
    if p.estado == "Vigente":
        return
    if p.estado != "Desierto":
        yield _a_las(p.publicada, 12), lambda: _ofertar(e, p)
    yield _a_las(p.cierre, 17), lambda: e.pedir("POST", f"{ruta.format(p.id)}/apertura", _de(e, p))
    if p.estado == "En curso":
        return
    yield _a_las(p.cierre, 18), lambda: _adjudicar(e, p)
    if p.estado == "Contratado":
        yield _a_las(p.cierre + timedelta(days=20), 10), lambda: _contratar(e, p)


def _de(e: Escenario, p: Proceso) -> Parte:
    return e.entidades[p.cuce.entidad]


def _anotar(e: Escenario, p: Proceso) -> None:
    entidad, titulo = e.entidad(p), p.titulo
    precio = NOMINAL.get(p.fila["modalidad"], "1.00") if p.fila["normativa"].startswith("NB-SABS") else "1.00"
    partes = ["", " (lo desierto)"] if p.estado == "Desierto Parcial" else [""]
    borrador = e.pedir(
        "POST",
        API,
        entidad,
        {
            "unidad_id": str(entidad.id),
            "titulo": titulo,
            "descripcion": f"{titulo}\n{SIN_MONTO}",
            "categoria": CATEGORIAS[p.fila["tipo_de_contratacion"]],
            "municipio_ine": CAPITALES[p.fila["departamento"]],
            "plazo_entrega_dias": 365,
            "items": [
                {
                    "descripcion": f"{titulo[:480]}{parte}",
                    "cantidad": "1",
                    "unidad_medida": "servicio",
                    "precio_referencial": {"monto": precio, "moneda": "BOB"},
                }
                for parte in partes
            ],
        },
    )
    p.id, p.items = borrador["id"], [item["id"] for item in borrador["items"]]
    codigo = {
        "modalidad": p.fila["modalidad"],
        "norma": NORMAS[p.fila["normativa"]],
        "cuce": p.fila["cuce"],
    }
    if p.cuce.sin_convocatoria:
        cotizacion = {"proveedor_id": str(e.ana.id), "lineas": [_linea(p.items[0], precio)]}
        cuerpo = codigo | {"causa": MOTIVO, "cotizaciones": [cotizacion]}
        e.pedir("POST", f"{API}/{p.id}/sin-convocatoria", entidad, cuerpo)
    else:
        vence_en = _a_las(p.cierre, 16).isoformat()
        e.pedir("POST", f"{API}/{p.id}/publicacion", entidad, codigo | {"vence_en": vence_en})


def _linea(item_id: str, precio: str) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "precio_unitario": {"monto": precio, "moneda": "BOB"},
        "marca": "No publicada",
        "plazo_dias": 15,
    }


def _ofertar(e: Escenario, p: Proceso) -> None:
    precio = e.pedir("GET", f"{API}/{p.id}", None)["items"][0]["precio_referencial"]["monto"]
    cuerpo = {"unidad_id": str(e.ana.id), "lineas": [_linea(p.items[0], precio)]}
    e.pedir("POST", f"{API}/{p.id}/ofertas", e.ana, cuerpo)


def _adjudicar(e: Escenario, p: Proceso) -> None:
    ofertas = e.pedir("GET", f"{API}/{p.id}/ofertas", None)["datos"]
    ganan = [] if p.estado == "Desierto" else p.items[:1]
    decisiones = [
        {"item_id": item_id, "oferta_id": ofertas[0]["id"] if item_id in ganan else None, "motivo": MOTIVO}
        for item_id in p.items
    ]
    e.pedir("POST", f"{API}/{p.id}/adjudicacion", _de(e, p), {"decisiones": decisiones})


def _contratar(e: Escenario, p: Proceso) -> None:
    (orden,) = e.pedir("POST", f"{API}/{p.id}/ordenes-de-compra", _de(e, p))
    e.pedir("POST", f"/api/v1/ordenes-de-compra/{orden['id']}/aceptacion", e.ana)


def _a_las(dia: date, hora: int) -> datetime:
    return datetime.combine(dia, time(hora), ZONA).astimezone(UTC)


@pytest.fixture
def escenario(
    cliente: Any, token_de: Any, crear_parte: Callable[..., Parte], reloj: Any, sesion: Session
) -> Escenario:
    reloj.situar(_a_las(date(2024, 2, 28), 9))
    return Escenario(Api(cliente, token_de), crear_parte, reloj, crear_parte("Proveedora Ana"), sesion)


def test_cuarenta_procesos_reales_con_su_codigo_sus_dias_y_su_estado(escenario: Escenario) -> None:
    e, procesos = escenario, _elegidos()
    assert len(procesos) == 48
    clases = Counter((p.fila["modalidad"], p.fila["normativa"]) for p in procesos if p.estado not in APARTE)
    assert (len(clases), set(clases.values())) == (20, {2})
    estados = Counter(p.estado for p in procesos)
    assert (estados["Suspendido"], estados["Desierto Parcial"]) == (7, 1)
    assert sum(p.cuce.sin_convocatoria for p in procesos) == SIN_CONVOCATORIA
    actos = [(cuando, n, hacer) for n, p in enumerate(procesos) for cuando, hacer in _actos(e, p)]
    for cuando, _n, hacer in sorted(actos, key=lambda acto: acto[:2]):
        e.reloj.situar(max(cuando, e.reloj.ahora()))  # it never goes back: what was done has just begun
        hacer()

    actual = calendario(e.sesion)
    for p in procesos:
        dicho = e.pedir("GET", f"{API}/{p.id}", None)
        assert (dicho["cuce"], dicho["ocid"]) == (str(p.cuce), f"ocds-qhatu0-{p.cuce}")
        assert dicho["estado"] == ESTADOS[p.estado], p.fila
        assert (dicho["modalidad"], fecha_bolivia(datetime.fromisoformat(dicho["publicado_en"]))) == (
            p.fila["modalidad"],
            p.publicada,
        )
        assert (dicho["titulo"], SIN_MONTO in dicho["descripcion"]) == (p.titulo, True)
        if p.cuce.sin_convocatoria:
            assert dicho["vence_en"] is None
        else:
            assert fecha_bolivia(datetime.fromisoformat(dicho["vence_en"])) == p.cierre
            assert actual.es_habil(p.cierre, [CAPITALES[p.fila["departamento"]]])
        if p.estado == "Desierto Parcial":
            resultados = [item["adjudicacion"]["resultado"] for item in dicho["items"]]
            assert resultados == ["adjudicado", "desierto"]
    e.sesion.rollback()
    assert len(e.sesion.exec(select(Convocatoria.id)).all()) == 48
    for verificar in (verificar_codigos, verificar_decisiones, verificar_cronogramas):
        assert verificar(e.sesion) == []
