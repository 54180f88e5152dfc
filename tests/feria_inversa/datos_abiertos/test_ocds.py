"""Open contracting data against the standard's own schema, checker and merger, all offline."""

import io
import json
import os
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import ocdsmerge
import pytest
import responses
from sqlmodel import Session, select

from feria_inversa.datos_abiertos.consultas import record_de, releases_de
from feria_inversa.datos_abiertos.ocds import (
    EXTENSION_LOTES,
    EXTENSION_OFERTAS,
    EXTENSION_PREGUNTAS,
    EXTENSION_TECNICAS,
)
from feria_inversa.datos_abiertos.paquetes import paquete_de_record, paquete_de_releases
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import lo_dicho, publicadas, publicar_todo
from tests.feria_inversa.datos_abiertos.historias import (
    HISTORIAS,
    cancelada,
    contratada,
    desierta,
    ejecutada,
    ganada_otra_vez,
    impugnada,
    informada,
    perdida_en_parte,
    rechazada,
)

DATOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).resolve().parents[4] / "shared" / "datos"))
OCDS = DATOS / "ocds"
ESQUEMAS = OCDS / "esquema-1.1.5"
ESTANDAR = "https://standard.open-contracting.org/schema/1__1__5/"
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
    """The extensions, answered from the copy on disk: their files, and the archives of their repositories;
    and the schemas of the standard that one of them asks for by its address."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as red:
        for esquema in ESQUEMAS.glob("*.json"):
            red.get(ESTANDAR + esquema.name, body=esquema.read_bytes())
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


def sin_faltas(paquete: Any) -> None:
    """What the checker of the standard says of a package."""
    from libcoveocds.api import ocds_json_output
    from libcoveocds.config import LibCoveOCDSConfig

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


def fusion_de(releases: list[Any]) -> Any:
    """What ocdsmerge makes of the releases of a process."""
    return ocdsmerge.Merger(_leer("dereferenced-release-schema.json")).create_compiled_release(releases)


def _fusionar(sesion: Session, ocid: str) -> Any:
    """What ocdsmerge makes of all releases of a process."""
    publicar_todo()
    return fusion_de([json.loads(release.contenido) for release in releases_de(sesion, ocid)])


CABECERA = ("ocid", "id", "date", "tag", "initiationType", "language")
CAE = "Desistimiento (ítem 2): Lo dijo por escrito."


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
    sin_faltas(paquete)


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
    assert [r["tag"] for r in record["releases"] if not set(r) - set(CABECERA)] == []  # each tells its act


def bob(monto: str) -> dict[str, Any]:
    return {"amount": Decimal(monto), "currency": "BOB"}


def test_historia_completa_con_valores_exactos(feria: Feria, reloj: Any, sesion: Session) -> None:
    ocid = contratada(feria, reloj)
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
    assert [[(i["id"], i["unit"]) for i in oferta["items"]] for oferta in apertura["bids"]["details"]] == [
        [("1", {"value": bob("440.00")}), ("2", {"value": bob("700.10")})],
        [("1", {"value": bob("430.25")})],
    ]
    assert [p["id"][:7] for p in apertura["parties"]] == ["BO-NIT-", "BO-QHAT"]
    assert set(apertura) == {*CABECERA, "parties", "tender", "bids"}

    assert [(a["id"], a["value"]["amount"]) for a in adjudicacion["awards"]] == [
        (f"{cuce}-A1", Decimal("17210.00")),
        (f"{cuce}-A2", Decimal("4200.60")),
    ]
    (acta,) = adjudicacion["tender"].pop("documents")  # those of before are told already
    assert (acta["id"], acta["title"]) == (f"{cuce}-acta-2", "Adjudicación, acta 2")
    assert acta["documentType"] == "awardNotice"
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
    ocid = informada(feria, reloj)
    cuce = ocid.removeprefix("ocds-qhatu0-")
    ultima = lo_dicho(sesion)[-1]
    documentos = {a["id"]: a["documents"] for a in ultima["awards"]}
    assert {id_: [d["id"] for d in dichos] for id_, dichos in documentos.items()} == {
        f"{cuce}-A1": [f"{cuce}-acta-{n}" for n in (2, 3, 5, 6)],
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
    ocid = perdida_en_parte(feria, reloj)
    fusion = _fusionar(sesion, ocid)
    cuce = ocid.removeprefix("ocds-qhatu0-")
    assert [
        (a["id"].removeprefix(f"{cuce}-"), a["status"], [i["id"] for i in a["items"]], a.get("description"))
        for a in sorted(fusion["awards"], key=lambda a: str(a["id"]))
    ] == [
        ("A1", "cancelled", ["1", "2"], f"{CAE} Una parte quedó sin efecto; lo demás sigue en {cuce}-A1-2."),
        ("A1-2", "active", ["1"], None),
        ("A2", "cancelled", ["2"], f"Motivo (ítem 2): No queda otra oferta mejor. {CAE}"),
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
    ocid = ganada_otra_vez(feria, reloj)
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
    ocid = impugnada(feria, reloj)
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


def test_cada_razon_se_dice(feria: Feria, reloj: Any, sesion: Session) -> None:
    """Why a bid is left out, why what was awarded fell, why a process is cancelled; with its acts."""
    ocid = rechazada(feria, reloj)
    fusion = _fusionar(sesion, ocid)
    cuce = ocid.removeprefix("ocds-qhatu0-")
    assert [(o["status"], o.get("description")) for o in fusion["bids"]["details"]] == [
        ("disqualified", "Rechazo: no cumple lo que se pide. Ofrece madera de pino."),
        ("valid", None),
    ]
    ajeno, primera = (
        "Presentó un certificado ajeno.",
        "Es la primera según la calificación de las ofertas, acta 2.",
    )
    sigue = f"Una parte quedó sin efecto; lo demás sigue en {cuce}-A1-2."
    assert [(a["id"], a["description"]) for a in fusion["awards"]] == [
        (f"{cuce}-A1", f"Motivo (ítems 1, 2): {primera} Descalificación (ítem 1): {ajeno} {sigue}"),
        (f"{cuce}-A1-2", f"Motivo (ítem 2): {primera} Descalificación (ítem 2): {ajeno}"),
    ]
    documentos = {
        d["id"]: (d.get("documentType"), d.get("description")) for d in fusion["tender"]["documents"]
    }
    assert documentos[f"{cuce}-acta-2"] == ("evaluationReports", None)
    assert documentos[f"{cuce}-cancelacion"] == ("cancellationDetails", "Se modificó el presupuesto.")


def test_una_orden_que_no_sigue_dice_por_que(feria: Feria, reloj: Any, sesion: Session) -> None:
    fusion = _fusionar(sesion, ejecutada(feria, reloj))
    assert [(c["status"], c["description"]) for c in fusion["contracts"]] == [
        ("cancelled", "No consigo la madera que se pide."),
        ("terminated", "Pasó el plazo de entrega y nadie resolvió la orden."),
    ]
    (caida, _otra) = fusion["awards"]
    assert caida["description"] == "Desistimiento (ítem 1): No consigo la madera que se pide."


def test_desierta_y_cancelada(feria: Feria, reloj: Any, sesion: Session) -> None:
    ocids = [historia(feria, reloj) for historia in (cancelada, desierta)]
    sin_efecto, sin_ganador = (lo_dicho(sesion, _proceso(sesion, ocid))[-1] for ocid in ocids)

    assert (sin_efecto["tag"], sin_efecto["tender"]["status"]) == (["tenderCancellation"], "cancelled")
    assert (sin_ganador["tag"], sin_ganador["tender"]["status"]) == (
        ["tenderUpdate", "award"],
        "unsuccessful",
    )
    assert sin_ganador["awards"][0]["status"] == "unsuccessful"
    assert sin_ganador["tender"]["additionalProcurementCategories"] == ["consultingServices"]


def _proceso(sesion: Session, ocid: str) -> UUID:
    return sesion.exec(select(Convocatoria.id).where(Convocatoria.ocid == ocid)).one()


def test_rutas_publicas(feria: Feria, reloj: Any, cliente: Any) -> None:
    ocid = contratada(feria, reloj)
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
    ocids = [cancelada(feria, reloj), contratada(feria, reloj)]
    publicar_todo()
    assert len(publicadas(cliente, 6)) == 6
    vistas: list[Any] = []
    direccion = "http://127.0.0.1/ocds/releases.json?limite=4"
    while direccion:
        paquete = cliente.get(direccion).json()
        assert paquete["uri"] == direccion  # that of another page, or of longer ones, is another package
        vistas += paquete["releases"]
        direccion = paquete.get("links", {}).get("next")

    assert len({release["id"] for release in vistas}) == len(vistas) == 6
    etiquetas = [[r["tag"][0] for r in vistas if r["ocid"] == ocid] for ocid in ocids]
    assert etiquetas == [
        ["tender", "tenderCancellation"],
        ["tender", "tenderUpdate", "award", "contract"],
    ]
