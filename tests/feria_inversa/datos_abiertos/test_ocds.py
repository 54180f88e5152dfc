"""Open contracting data against the standard's own schema, checker and merger, all offline."""

import io
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import ocdsmerge
import pytest
import responses
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.aceptacion import aceptar_orden, rechazar_orden
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.esquemas import (
    EntregaEntrada,
    LineaDeEntrega,
    PagoEntrada,
    RecepcionEntrada,
)
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.pagos import pagar
from feria_inversa.contratos.tareas import abandonar_ordenes
from feria_inversa.datos_abiertos.consultas import record_de, releases_de
from feria_inversa.datos_abiertos.ocds import (
    EXTENSION_LOTES,
    EXTENSION_OFERTAS,
    EXTENSION_PREGUNTAS,
    EXTENSION_TECNICAS,
)
from feria_inversa.datos_abiertos.paquetes import paquete_de_record, paquete_de_releases
from feria_inversa.designaciones.designar import Nombramiento, designar_en_proceso
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, DecisionEntrada, RevisadaEntrada
from feria_inversa.evaluacion.informar import informar
from feria_inversa.impugnacion.estados import EstadoImpugnacion
from feria_inversa.impugnacion.impugnar import impugnar, retirar_impugnacion
from feria_inversa.impugnacion.resolver import resolver_impugnacion
from feria_inversa.papeles.tipos import Papel
from feria_inversa.plan.esquemas import Cambio
from feria_inversa.preguntas.preguntar import preguntar, responder
from feria_inversa.procesos.convocatorias import (
    cancelar_convocatoria,
    crear_borrador,
    publicar_convocatoria,
)
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, EnmiendaEntrada
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.versiones import ampliar, enmendar, reanudar_recepcion, suspender
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import ITEMS, SUCRE, Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import lo_dicho, publicadas, publicar_todo
from tests.feria_inversa.plan.ayudas import cambia, lineas, publicado
from tests.feria_inversa.subasta.ayudas import en_subasta, puja, terminar

DATOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).resolve().parents[4] / "shared" / "datos"))
OCDS = DATOS / "ocds"
ESQUEMAS = OCDS / "esquema-1.1.5"
ARCHIVOS = "https://github.com/open-contracting-extensions/{}/archive/{}.zip"
EXTENSIONES = {
    "ocds_bid_extension": EXTENSION_OFERTAS,
    "ocds_lots_extension": EXTENSION_LOTES,
    "ocds_techniques_extension": EXTENSION_TECNICAS,
    "ocds_enquiry_extension": EXTENSION_PREGUNTAS,
}

pytestmark = pytest.mark.skipif(not OCDS.exists(), reason="sin los esquemas OCDS (QHATU_DATOS_EXTERNOS)")


def _leer(nombre: str) -> Any:
    return json.loads((ESQUEMAS / nombre).read_text(encoding="utf-8"))


@pytest.fixture
def extension() -> Iterator[None]:
    """The extensions, answered from the copy on disk: their files, and the archives of their repositories."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as red:
        for nombre, direccion in EXTENSIONES.items():
            version = direccion.split("/")[-2]
            carpeta = f"{nombre}-{version.removeprefix('v')}"
            raiz = OCDS / "extensiones" / nombre / version
            comprimido = io.BytesIO()
            with zipfile.ZipFile(comprimido, "w") as archivo_zip:
                archivo_zip.writestr(f"{carpeta}/", "")
                for archivo in sorted(raiz.rglob("*.*")):
                    relativo = archivo.relative_to(raiz).as_posix()
                    red.get(direccion.removesuffix("extension.json") + relativo, body=archivo.read_bytes())
                    archivo_zip.writestr(f"{carpeta}/{relativo}", archivo.read_bytes())
            red.get(ARCHIVOS.format(nombre, version), body=comprimido.getvalue())
        yield


def _fusionar(sesion: Session, ocid: str) -> Any:
    """What ocdsmerge makes of all releases of a process."""
    publicar_todo()
    return ocdsmerge.Merger(_leer("dereferenced-release-schema.json")).create_compiled_release(
        [json.loads(release.contenido) for release in releases_de(sesion, ocid)]
    )


def _contratada(feria: Feria, reloj: Any) -> str:
    """A process with two winners, up to its purchase orders; returns its ocid."""
    convocatoria = feria.publicada()
    de_ana = feria.ofertar(feria.ana, convocatoria.id, ["440.00", "700.10"])
    de_beto = feria.ofertar(feria.beto, convocatoria.id, ["430.25", None])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, convocatoria.id)
    pupitre, pizarra = feria.items(convocatoria.id)
    with transaccion() as sesion:
        adjudicar(
            sesion,
            feria.entidad.actor,
            convocatoria.id,
            [
                DecisionEntrada(item_id=pupitre.id, oferta_id=de_beto),
                DecisionEntrada(item_id=pizarra.id, oferta_id=de_ana),
            ],
        )
    with transaccion() as sesion:
        emitir_ordenes(sesion, feria.entidad.actor, convocatoria.id)
    assert convocatoria.ocid
    return convocatoria.ocid


def _ejecutada(feria: Feria, reloj: Any) -> str:
    """The same: one supplier declines, the other delivers in part, is paid and is cut short."""
    ocid = _contratada(feria, reloj)
    with transaccion() as sesion:
        de_beto, de_ana = sesion.exec(select(OrdenDeCompra.id).order_by(col(OrdenDeCompra.numero))).all()
    with transaccion() as sesion:
        rechazar_orden(sesion, feria.beto.actor, de_beto, "No consigo la madera que se pide.")
    with transaccion() as sesion:
        aceptar_orden(sesion, feria.ana.actor, de_ana)
    dos = LineaDeEntrega(numero=2, cantidad=Decimal(2))
    with transaccion() as sesion:
        entregar(sesion, feria.ana.actor, de_ana, EntregaEntrada(lineas=[dos]))
    with transaccion() as sesion:
        recibir(sesion, feria.entidad.actor, de_ana, 1, RecepcionEntrada())
    pago = PagoEntrada(monto=bs("1400.20"), medio="c31", comprobante="44", fecha=fecha_bolivia())
    with transaccion() as sesion:
        pagar(sesion, feria.entidad.actor, de_ana, pago)
    reloj.adelantar(timedelta(days=100))
    assert abandonar_ordenes() == 1
    return ocid


def _desierta(feria: Feria, reloj: Any) -> str:
    convocatoria = feria.publicada(categoria="consultoria", titulo="Consultoría de riego")
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, convocatoria.id)
    motivo = "No se presentó ninguna oferta."
    decisiones = [
        DecisionEntrada(item_id=i.id, oferta_id=None, motivo=motivo) for i in feria.items(convocatoria.id)
    ]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, convocatoria.id, decisiones)
    assert convocatoria.ocid
    return convocatoria.ocid


def _cancelada(feria: Feria, reloj: Any) -> str:
    convocatoria = feria.publicada(titulo="Uniformes deportivos")
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, convocatoria.id, "Se modificó el presupuesto.")
    assert convocatoria.ocid
    return convocatoria.ocid


def _enmendada(feria: Feria, reloj: Any) -> str:
    """Items and a longer reception, a suspension and its end; an item loses its codes."""
    convocatoria = feria.publicada(titulo="Uniformes de invierno")
    actor, motivo = feria.entidad.actor, "Lo pidieron los proveedores."
    items = [
        item("Pupitres", "1", "18000.00", "equipo"),
        item("Pizarra acrílica", "7", "780.50"),
        item("Flete", "1", "10.00"),
    ]
    with transaccion() as sesion:
        enmendar(sesion, actor, convocatoria.id, EnmiendaEntrada(motivo=motivo, items=items))
    with transaccion() as sesion:
        ampliar(sesion, actor, convocatoria.id, ahora() + timedelta(days=12), motivo)
    with transaccion() as sesion:
        suspender(sesion, actor, convocatoria.id, motivo)
    with transaccion() as sesion:
        reanudar_recepcion(sesion, actor, convocatoria.id, ahora() + timedelta(days=15), motivo)
    assert convocatoria.ocid
    return convocatoria.ocid


def _por_lotes(feria: Feria, reloj: Any) -> str:
    """One lot is ordered, one desierto, of one the award falls; an item goes from one to another."""
    items = [item(que, "10", "100.00", lote=lote) for que, lote in LOTES_DE_ITEMS]
    nombres = ["Muebles", "Útiles", "Libros"]
    convocatoria = feria.publicada(items=items, adjudica_por="lote", lotes=nombres)
    actor, motivo = feria.entidad.actor, "Lo pidieron los proveedores."
    items[0] = item("Silla", "10", "100.00", lote=2)
    with transaccion() as sesion:
        enmendar(sesion, actor, convocatoria.id, EnmiendaEntrada(motivo=motivo, items=items))
    de_ana = feria.ofertar(feria.ana, convocatoria.id, [None, "90.00", None, None])
    de_beto = feria.ofertar(feria.beto, convocatoria.id, [None, None, None, "80.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, convocatoria.id)
    _silla, mesa, cuaderno, libro = feria.items(convocatoria.id)
    decisiones = [
        DecisionEntrada(item_id=mesa.id, oferta_id=de_ana),
        DecisionEntrada(item_id=cuaderno.id, oferta_id=None, motivo="Nadie ofertó los útiles."),
        DecisionEntrada(item_id=libro.id, oferta_id=de_beto),
    ]
    with transaccion() as sesion:
        adjudicar(sesion, actor, convocatoria.id, decisiones)
    with transaccion() as sesion:
        dejar_sin_efecto(sesion, actor, convocatoria.id, libro.id, EstadoItem.DESISTIDO, motivo)
    with transaccion() as sesion:
        decidido = [DecisionEntrada(item_id=libro.id, oferta_id=None, motivo="Nadie más los ofertó.")]
        adjudicar(sesion, actor, convocatoria.id, decidido)
    with transaccion() as sesion:
        emitir_ordenes(sesion, actor, convocatoria.id)
    assert convocatoria.ocid
    return convocatoria.ocid


def _informada(feria: Feria, reloj: Any) -> str:
    """Those who evaluate write before each of its two decisions; of one item the award falls in between."""
    convocatoria = feria.publicada()
    actor, id_ = feria.entidad.actor, convocatoria.id
    de_ana = feria.ofertar(feria.ana, id_, ["440.00", "680.00"])
    de_beto = feria.ofertar(feria.beto, id_, ["430.25", "690.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        designar_en_proceso(sesion, actor, id_, Nombramiento(Papel.CALIFICACION, feria.entidad.persona.id))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
    pupitre, pizarra = feria.items(id_)
    todas = CalificacionEntrada(revisadas=[RevisadaEntrada(oferta_id=o) for o in (de_ana, de_beto)])
    ambos = [
        DecisionEntrada(item_id=pupitre.id, oferta_id=de_beto),
        DecisionEntrada(item_id=pizarra.id, oferta_id=de_ana),
    ]
    for decisiones in (ambos, [DecisionEntrada(item_id=pizarra.id, oferta_id=de_beto)]):
        with transaccion() as sesion:
            calificar(sesion, actor, id_, todas)
        with transaccion() as sesion:
            informar(sesion, actor, id_, decisiones)
        with transaccion() as sesion:
            adjudicar(sesion, actor, id_, decisiones)
        if decisiones is ambos:
            with transaccion() as sesion:
                dejar_sin_efecto(sesion, actor, id_, pizarra.id, EstadoItem.DESISTIDO, "Lo dijo por escrito.")
    assert convocatoria.ocid
    return convocatoria.ocid


def _planificada(feria: Feria, reloj: Any) -> str:
    """Begun from a line of its entity's plan, which changes afterwards; cancelled."""
    plan_id, actor = publicado(feria, fecha_bolivia().year), feria.entidad.actor
    datos = {"titulo": "Mobiliario escolar", "municipio_ine": SUCRE, "plazo_entrega_dias": 30}
    with transaccion() as sesion:
        entrada = ConvocatoriaEntrada.model_validate(datos)
        linea = lineas(plan_id)[0].id
        id_ = crear_borrador(sesion, actor, feria.entidad.id, entrada, ITEMS, linea_de_plan=linea).id
    with transaccion() as sesion:
        ocid = publicar_convocatoria(sesion, actor, id_, ahora() + timedelta(days=10)).ocid
    cambia(feria, plan_id, Cambio(numero=1))
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, actor, id_, "Se agotó el presupuesto.")
    assert ocid
    return ocid


def _subastada(feria: Feria, reloj: Any) -> str:
    """Its prices go down after the opening."""
    id_ = en_subasta(feria, reloj)
    puja(feria.ana, id_, "57000.00")
    terminar(reloj, id_)
    with transaccion() as sesion:
        ocid = sesion.get_one(Convocatoria, id_).ocid
    assert ocid
    return ocid


def _perdida_en_parte(feria: Feria, reloj: Any) -> str:
    """A bid keeps one item and loses the other; who had nothing wins that one, loses it, and nobody does."""
    convocatoria = feria.publicada()
    actor, id_ = feria.entidad.actor, convocatoria.id
    ofertas = [feria.ofertar(p, id_, precios) for p, precios in ((feria.ana, BAJOS), (feria.beto, ALTOS))]
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
    pupitre, pizarra = (i.id for i in feria.items(id_))
    with transaccion() as sesion:
        decididos = [DecisionEntrada(item_id=i, oferta_id=ofertas[0]) for i in (pupitre, pizarra)]
        adjudicar(sesion, actor, id_, decididos)
    for oferta in (ofertas[1], None):
        with transaccion() as sesion:
            dejar_sin_efecto(sesion, actor, id_, pizarra, EstadoItem.DESISTIDO, "Lo dijo por escrito.")
        with transaccion() as sesion:
            una = DecisionEntrada(item_id=pizarra, oferta_id=oferta, motivo="No queda otra oferta mejor.")
            adjudicar(sesion, actor, id_, [una])
    with transaccion() as sesion:
        emitir_ordenes(sesion, actor, id_)
    assert convocatoria.ocid
    return convocatoria.ocid


def _ganada_otra_vez(feria: Feria, reloj: Any) -> str:
    """Who lost all that they had wins something else."""
    convocatoria = feria.publicada()
    actor, id_ = feria.entidad.actor, convocatoria.id
    de_ana = feria.ofertar(feria.ana, id_, BAJOS)
    de_beto = feria.ofertar(feria.beto, id_, ALTOS)
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
    pupitre, pizarra = (i.id for i in feria.items(id_))
    motivo = "La otra no tiene repuestos."
    with transaccion() as sesion:
        cruzadas = [(pupitre, de_ana), (pizarra, de_beto)]
        decididos = [DecisionEntrada(item_id=i, oferta_id=o, motivo=motivo) for i, o in cruzadas]
        adjudicar(sesion, actor, id_, decididos)
    for item_id in (pupitre, pizarra):
        with transaccion() as sesion:
            dejar_sin_efecto(sesion, actor, id_, item_id, EstadoItem.DESISTIDO, motivo)
    with transaccion() as sesion:
        cruzadas = [(pupitre, de_beto), (pizarra, de_ana)]
        decididos = [DecisionEntrada(item_id=i, oferta_id=o, motivo=motivo) for i, o in cruzadas]
        adjudicar(sesion, actor, id_, decididos)
    with transaccion() as sesion:
        emitir_ordenes(sesion, actor, id_)
    assert convocatoria.ocid
    return convocatoria.ocid


def _impugnada(feria: Feria, reloj: Any) -> str:
    """One appeal revokes one of two that were declared desiertos, another is withdrawn, one waits."""
    items = [item(f"Generador de energía {n}", "1", "150000.00") for n in (1, 2, 3)]
    convocatoria = feria.publicada(dias=25, items=items)
    actor, id_ = feria.entidad.actor, convocatoria.id
    de_ana = feria.ofertar(feria.ana, id_, ["140000.00"] * 3)
    de_beto = feria.ofertar(feria.beto, id_, ["145000.00"] * 3)
    reloj.adelantar(timedelta(days=25, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
    uno, dos, tres = (i.id for i in feria.items(id_))
    motivo = "Ya no hace falta esta máquina."
    with transaccion() as sesion:
        decididos = [
            DecisionEntrada(item_id=uno, oferta_id=de_ana),
            *(DecisionEntrada(item_id=i, oferta_id=None, motivo=motivo) for i in (dos, tres)),
        ]
        adjudicar(sesion, actor, id_, decididos)
    mae = feria.crear_parte("Autoridad Máxima")
    feria.mandato(feria.entidad.id, mae.persona, Facultad.ADMINISTRAR)
    ids = []
    for item_id in (uno, dos, tres):
        with transaccion() as sesion:
            escrito = "No se leyó lo que se ofertó."
            ids.append(impugnar(sesion, feria.beto.actor, id_, item_id, feria.beto.id, escrito).id)
    with transaccion() as sesion:
        retirar_impugnacion(sesion, feria.beto.actor, ids[0])
    with transaccion() as sesion:
        resolver_impugnacion(sesion, mae.actor, ids[1], EstadoImpugnacion.REVOCADA, "Sí hace falta.")
    with transaccion() as sesion:
        resolver_impugnacion(sesion, mae.actor, ids[2], EstadoImpugnacion.CONFIRMADA, "No hace falta.")
    with transaccion() as sesion:
        de_nuevo = DecisionEntrada(item_id=dos, oferta_id=de_beto, motivo="Lo que dijo la resolución.")
        adjudicar(sesion, actor, id_, [de_nuevo])
    with transaccion() as sesion:
        impugnar(sesion, feria.ana.actor, id_, dos, feria.ana.id, "Mi oferta era más barata.")
    assert convocatoria.ocid
    return convocatoria.ocid


def _preguntada(feria: Feria, reloj: Any) -> str:
    """Two questions: one is answered, the other nobody answers; nobody bids."""
    convocatoria = feria.publicada()
    with transaccion() as sesion:
        una = preguntar(sesion, feria.ana.actor, convocatoria.id, feria.ana.id, "¿De qué madera es?").id
    with transaccion() as sesion:
        preguntar(sesion, feria.beto.actor, convocatoria.id, feria.beto.id, "¿Se entrega armado o no?")
    with transaccion() as sesion:
        responder(sesion, feria.entidad.actor, convocatoria.id, una, "De cualquiera que no sea de la selva.")
    assert convocatoria.ocid
    return convocatoria.ocid


CABECERA = ("ocid", "id", "date", "tag", "initiationType", "language")
BAJOS: list[str | None] = ["430.00", "680.00"]
ALTOS: list[str | None] = ["440.00", "690.00"]
LOTES_DE_ITEMS = [("Silla", 1), ("Mesa", 1), ("Cuaderno", 2), ("Libro", 3)]
HISTORIAS = [
    _contratada,
    _ejecutada,
    _desierta,
    _cancelada,
    _enmendada,
    _por_lotes,
    _informada,
    _planificada,
    _subastada,
    _perdida_en_parte,
    _ganada_otra_vez,
    _impugnada,
    _preguntada,
]


@pytest.mark.parametrize("historia", HISTORIAS)
def test_cada_paquete_cumple_el_esquema_y_el_validador(
    historia: Any,
    feria: Feria,
    reloj: Any,
    sesion: Session,
    extension: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from libcoveocds.api import ocds_json_output
    from libcoveocds.config import LibCoveOCDSConfig

    ocid = historia(feria, reloj)
    publicar_todo()
    texto = paquete_de_releases(f"http://127.0.0.1/ocds/releases/{ocid}", releases_de(sesion, ocid))
    paquete = json.loads(texto)

    validador = jsonschema.Draft4Validator(
        _leer("dereferenced-release-schema.json"), format_checker=jsonschema.FormatChecker()
    )
    errores = [error.message for release in paquete["releases"] for error in validador.iter_errors(release)]
    assert errores == []

    monkeypatch.chdir(tmp_path)  # the checker writes the extended schema where it stands
    ajustes = LibCoveOCDSConfig()
    ajustes.config["context"] = "api"
    ajustes.config["standard_zip"] = (OCDS / "standard-1__1__5.zip").as_uri()
    informe = ocds_json_output(json_data=paquete, lib_cove_ocds_config=ajustes)
    assert informe["validation_errors"] == []
    assert informe["extensions"]["invalid_extension"] == {}
    assert informe["extensions"]["is_extended_schema"] is True
    assert informe["additional_fields"] == []
    assert informe["additional_closed_codelist_values"] == {}
    assert informe.get("conformance_errors", {}) == {}


@pytest.mark.parametrize("historia", HISTORIAS)
def test_el_record_compilado_es_el_que_da_ocdsmerge(
    historia: Any, feria: Feria, reloj: Any, sesion: Session
) -> None:
    ocid = historia(feria, reloj)
    publicar_todo()
    releases, compilado = record_de(sesion, ocid)
    record = json.loads(paquete_de_record("http://127.0.0.1/ocds/records/x", releases, compilado))["records"][
        0
    ]

    fusion = _fusionar(sesion, ocid)

    assert record["compiledRelease"] == fusion
    assert record["ocid"] == ocid
    assert [r["id"] for r in record["releases"]] == [r.release_id for r in releases]


def test_historia_completa_con_valores_exactos(feria: Feria, reloj: Any, sesion: Session) -> None:
    ocid = _contratada(feria, reloj)
    publicar_todo()
    licitacion, apertura, adjudicacion, contrato = (
        json.loads(r.contenido, parse_float=Decimal) for r in releases_de(sesion, ocid)
    )

    cuce = ocid.removeprefix("ocds-qhatu0-")
    assert licitacion["tag"] == ["tender"]
    assert licitacion["tender"]["status"] == "active"
    assert licitacion["tender"]["value"] == {"amount": Decimal("22683.00"), "currency": "BOB"}
    assert licitacion["tender"]["items"][0] == {
        "id": "1",
        "description": "Pupitre bipersonal de madera",
        "classification": {"scheme": "UNSPSC", "id": "56121500"},
        "quantity": 40,
        "unit": {
            "scheme": "UNCEFACT",
            "id": "H87",
            "name": "pieza",
            "value": {"amount": Decimal("450.00"), "currency": "BOB"},
        },
    }
    entidad = licitacion["parties"][0]
    assert entidad["id"] == "BO-CINS-1101"
    assert [i["scheme"] for i in entidad["additionalIdentifiers"]] == ["BO-NIT", "BO-QHATU"]
    assert "bids" not in licitacion
    assert "numberOfTenderers" not in licitacion["tender"]

    assert apertura["bids"]["details"][0]["value"]["amount"] == Decimal("21800.60")
    assert apertura["bids"]["details"][1]["status"] == "pending"
    assert [p["id"][:7] for p in apertura["parties"]] == ["BO-NIT-", "BO-QHAT"]
    assert set(apertura) == {*CABECERA, "parties", "tender", "bids"}

    assert [(a["id"], a["value"]["amount"]) for a in adjudicacion["awards"]] == [
        (f"{cuce}-A1", Decimal("17210.00")),
        (f"{cuce}-A2", Decimal("4200.60")),
    ]
    assert adjudicacion["tender"] == {"id": cuce, "status": "complete"}
    assert set(contrato) == {*CABECERA, "contracts"}
    assert [(c["awardID"], c["value"]["amount"]) for c in contrato["contracts"]] == [
        (f"{cuce}-A1", Decimal("17210.00")),
        (f"{cuce}-A2", Decimal("4200.60")),
    ]


def test_lo_que_escriben_quienes_evaluan_es_documento_de_lo_adjudicado(
    feria: Feria, reloj: Any, sesion: Session
) -> None:
    """What was written before its last decision, and nothing of what came later."""
    ocid = _informada(feria, reloj)
    cuce = ocid.removeprefix("ocds-qhatu0-")
    ultima = lo_dicho(sesion)[-1]
    documentos = {a["id"]: a["documents"] for a in ultima["awards"]}
    assert {id_: [d["id"] for d in dichos] for id_, dichos in documentos.items()} == {
        f"{cuce}-A1": [f"{cuce}-acta-{n}" for n in (2, 3, 4, 5)],
        f"{cuce}-A2": [f"{cuce}-acta-{n}" for n in (2, 3)],
    }
    assert {d["documentType"] for dichos in documentos.values() for d in dichos} == {"evaluationReports"}
    calificacion, informe = documentos[f"{cuce}-A2"]
    assert (calificacion["title"], informe["title"]) == (
        "Calificación de las ofertas, acta 2",
        "Informe de evaluación, acta 3",
    )
    assert informe["url"].endswith("/actas/3")
    assert informe["format"] == "application/json"


def test_una_adjudicacion_no_pierde_items(feria: Feria, reloj: Any, sesion: Session) -> None:
    """What its bid keeps is another award, to which its order is bound; told by a merge of all releases."""
    ocid = _perdida_en_parte(feria, reloj)
    fusion = _fusionar(sesion, ocid)
    cuce = ocid.removeprefix("ocds-qhatu0-")
    assert [
        (a["id"].removeprefix(f"{cuce}-"), a["status"], [i["id"] for i in a["items"]], a.get("description"))
        for a in sorted(fusion["awards"], key=lambda a: str(a["id"]))
    ] == [
        ("A1", "cancelled", ["1", "2"], f"Una parte quedó sin efecto; lo demás sigue en {cuce}-A1-2."),
        ("A1-2", "active", ["1"], None),
        ("A2", "cancelled", ["2"], None),
        ("D", "unsuccessful", ["2"], "Ítems desiertos. 2: No queda otra oferta mejor."),
    ]
    assert {a["id"]: a["value"]["amount"] for a in fusion["awards"] if "value" in a} == {
        f"{cuce}-A1": 21280.0,
        f"{cuce}-A1-2": 17200.0,
        f"{cuce}-A2": 4140.0,
    }
    assert [c["awardID"] for c in fusion["contracts"]] == [f"{cuce}-A1-2"]


def test_lo_que_se_gana_despues_de_perder_todo_es_otra_adjudicacion(
    feria: Feria, reloj: Any, sesion: Session
) -> None:
    ocid = _ganada_otra_vez(feria, reloj)
    fusion = _fusionar(sesion, ocid)
    cuce = ocid.removeprefix("ocds-qhatu0-")
    dichas = [(a["id"], a["status"], [i["id"] for i in a["items"]]) for a in fusion["awards"]]
    assert sorted(dichas) == [
        (f"{cuce}-A1", "cancelled", ["1"]),
        (f"{cuce}-A1-2", "active", ["2"]),
        (f"{cuce}-A2", "cancelled", ["2"]),
        (f"{cuce}-A2-2", "active", ["1"]),
    ]
    assert {c["awardID"] for c in fusion["contracts"]} == {f"{cuce}-A1-2", f"{cuce}-A2-2"}


def test_las_impugnaciones_son_hitos_con_su_escrito(feria: Feria, reloj: Any, sesion: Session) -> None:
    ocid = _impugnada(feria, reloj)
    fusion = _fusionar(sesion, ocid)
    hitos = fusion["tender"]["milestones"]
    assert [(h["title"][-6:], h["status"], "dateMet" in h) for h in hitos] == [
        ("ítem 1", "notMet", False),
        ("ítem 2", "met", True),
        ("ítem 3", "met", True),
        ("ítem 2", "scheduled", False),
    ]
    assert hitos[1]["description"] == (
        "Carpintería Beto: No se leyó lo que se ofertó. Se revocó la decisión: Sí hace falta."
    )
    assert hitos[3]["description"] == "Cooperativa Ana: Mi oferta era más barata."
    assert all(h["dueDate"] > h["documents"][0]["datePublished"] for h in hitos)
    assert {h["documents"][0]["documentType"] for h in hitos} == {"complaints"}
    cuce = ocid.removeprefix("ocds-qhatu0-")
    dichas = [(a["id"], a["status"], [i["id"] for i in a["items"]]) for a in fusion["awards"]]
    assert sorted(dichas) == [
        (f"{cuce}-A1", "active", ["1"]),
        (f"{cuce}-A2", "active", ["2"]),
        (f"{cuce}-D", "cancelled", ["2", "3"]),
        (f"{cuce}-D-2", "unsuccessful", ["3"]),
    ]


def test_desierta_y_cancelada(feria: Feria, reloj: Any, sesion: Session) -> None:
    ocids = [historia(feria, reloj) for historia in (_cancelada, _desierta)]
    cancelada, desierta = (lo_dicho(sesion, _proceso(sesion, ocid))[-1] for ocid in ocids)

    assert (cancelada["tag"], cancelada["tender"]["status"]) == (["tenderCancellation"], "cancelled")
    assert (desierta["tag"], desierta["tender"]["status"]) == (["tenderUpdate", "award"], "unsuccessful")
    assert desierta["awards"][0]["status"] == "unsuccessful"
    assert desierta["tender"]["additionalProcurementCategories"] == ["consultingServices"]


def _proceso(sesion: Session, ocid: str) -> UUID:
    return sesion.exec(select(Convocatoria.id).where(Convocatoria.ocid == ocid)).one()


def test_rutas_publicas(feria: Feria, reloj: Any, cliente: Any) -> None:
    ocid = _contratada(feria, reloj)
    entregar_pendientes()

    paquete = cliente.get(f"/ocds/releases/{ocid}")
    assert paquete.status_code == 200
    assert paquete.headers["access-control-allow-origin"] == "*"
    assert [r["tag"] for r in paquete.json()["releases"]] == [
        ["tender"],
        ["tenderUpdate"],
        ["award"],
        ["contract"],
    ]
    assert '"amount":17210.00,' in paquete.text
    assert cliente.get(f"/ocds/records/{ocid}").json()["records"][0]["ocid"] == ocid
    assert cliente.get("/ocds/releases/ocds-qhatu0-no-existe").status_code == 404
    assert cliente.get("/ocds/records/ocds-qhatu0-no-existe").json()["codigo"] == "ocid_no_encontrado"


def test_lista_paginada_sin_repetir_ni_saltar(feria: Feria, reloj: Any, cliente: Any) -> None:
    ocids = [_cancelada(feria, reloj), _contratada(feria, reloj)]
    publicar_todo()
    assert len(publicadas(cliente, 6)) == 6
    vistas: list[Any] = []
    direccion = "http://127.0.0.1/ocds/releases.json?limite=4"
    while direccion:
        paquete = cliente.get(direccion).json()
        vistas += paquete["releases"]
        direccion = paquete.get("links", {}).get("next")

    assert len({release["id"] for release in vistas}) == len(vistas) == 6
    etiquetas = [[r["tag"][0] for r in vistas if r["ocid"] == ocid] for ocid in ocids]
    assert etiquetas == [
        ["tender", "tenderCancellation"],
        ["tender", "tenderUpdate", "award", "contract"],
    ]
