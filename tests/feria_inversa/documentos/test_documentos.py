"""The documents of a process: put while it is a draft, frozen once it is published, amended afterwards."""

import hashlib
import json
from datetime import timedelta
from typing import Any, get_args
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad
from feria_inversa.datos_abiertos.verificar import verificar_documentos
from feria_inversa.documentos import Clase, ClaseTraida, DocumentoNoEncontrado, Publicado, documentos_de
from feria_inversa.documentos.modelos import Documento
from feria_inversa.ofertas.errores import VersionCambiada
from feria_inversa.procesos.convocatorias import eliminar_borrador, publicar_convocatoria
from feria_inversa.procesos.documentos import quitar_documento, subir_documento
from feria_inversa.procesos.errores import ConvocatoriaNoEncontrada, EstadoNoPermite, FaltaMotivo
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.verificar import verificar_versiones
from feria_inversa.reglas import PlazoInsuficiente
from nucleo.actor import Actor
from nucleo.archivos import DocumentoInvalido, Recibido, bytes_de
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA, ahora
from tests.ayudas.papeles import un_pdf
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import compilado

MOTIVO = "Lo pidieron varios proveedores."


def sube(feria: Feria, id_: UUID, titulo: str = "Planos", *, actor: Actor | None = None, **mas: Any) -> None:
    recibido = Recibido.de_bytes(mas.pop("contenido", None) or un_pdf(titulo))
    with transaccion() as sesion:
        subir_documento(sesion, actor or feria.entidad.actor, id_, Clase.PLANOS, titulo, recibido, **mas)


def traidos(sesion: Session, id_: UUID) -> list[Publicado]:
    """The documents that the entity brought: not the one that the platform writes."""
    return [d for d in documentos_de(sesion, id_) if d.vigente.clase != Clase.DBC]


def publica(feria: Feria, id_: UUID) -> None:
    with transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=10))


def lo_publicado(sesion: Session, id_: UUID) -> list[dict[str, Any]]:
    """What the releases of a process tell of the documents that its entity brought."""
    documentos: list[dict[str, Any]] = compilado(sesion, id_)["tender"]["documents"]
    return [d for d in documentos if d["id"].rpartition("-")[2][0] == "D" and d["id"][-2:] != "D0"]


def test_se_publica_con_la_convocatoria_y_queda_como_esta(feria: Feria, sesion: Session) -> None:
    id_ = feria.borrador().id
    sube(feria, id_, "Planos del aula")
    sube(feria, id_, "Planos corregidos", numero=1)
    sube(feria, id_, "Otro plano")
    publica(feria, id_)

    primero, segundo = traidos(sesion, id_)
    # What the draft said before is nobody's business.
    assert (primero.vigente.titulo, primero.vigente.version, primero.anteriores) == (
        "Planos corregidos",
        2,
        (),
    )
    assert (segundo.vigente.numero, segundo.vigente.version) == (2, 1)
    assert primero.vigente.recibido == hashlib.sha256(un_pdf("Planos corregidos")).hexdigest()
    bytes_ = bytes_de(sesion, primero.vigente.archivo_id)
    assert hashlib.sha256(bytes_).hexdigest() == primero.vigente.sha256
    assert len(bytes_) == primero.vigente.tamano
    uno, dos = lo_publicado(sesion, id_)
    assert uno["documentType"] == "technicalSpecifications"
    assert uno["description"] == f"Planos. SHA-256: {primero.vigente.sha256}"
    assert uno["url"].endswith(f"/feria/{id_}/documentos/1/2")
    assert "dateModified" not in uno
    assert dos["title"] == "Otro plano"
    assert verificar_documentos(sesion) == []
    with pytest.raises(EstadoNoPermite), transaccion() as otra:
        quitar_documento(otra, feria.entidad.actor, id_, 1)
    assert len(traidos(sesion, id_)) == 2


def test_una_enmienda_trae_otra_version_y_quien_oferto_reconfirma(feria: Feria, sesion: Session) -> None:
    id_ = feria.borrador().id
    sube(feria, id_, "Planos")
    publica(feria, id_)
    feria.ofertar(feria.ana, id_, ["440.00", None])
    with pytest.raises(FaltaMotivo):
        sube(feria, id_, "Planos nuevos", numero=1, motivo="corto")
    sube(feria, id_, "Planos nuevos", numero=1, motivo=MOTIVO)

    (planos,) = traidos(sesion, id_)
    assert (planos.vigente.titulo, planos.vigente.desde_version) == ("Planos nuevos", 2)
    assert [(v.titulo, v.desde_version) for v in planos.anteriores] == [("Planos", 1)]
    (publicado,) = lo_publicado(sesion, id_)
    assert publicado["dateModified"] > publicado["datePublished"]
    assert (verificar_documentos(sesion), verificar_versiones(sesion)) == ([], [])
    contenido = sesion.connection().execute(
        text("SELECT contenido FROM feria_acta WHERE convocatoria_id = :id"), {"id": id_}
    )
    acta = json.loads(contenido.scalar_one())
    assert [d["version"] for d in acta["antes"]["documentos"]] == [1]
    assert acta["proceso"]["documentos"] == [
        {
            "numero": 1,
            "version": 2,
            "clase": "planos",
            "titulo": "Planos nuevos",
            "huella": planos.vigente.sha256,
        }
    ]
    with pytest.raises(VersionCambiada):
        feria.ofertar(feria.beto, id_, ["430.00", None], version=1)


def test_en_las_ultimas_horas_trae_tambien_otro_cierre(
    feria: Feria, reloj: Any, sesion: Session, sesion_web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the page, too; and what has no time to be reconfirmed is refused before it is drawn."""
    publicada = feria.publicada()
    reloj.adelantar(timedelta(days=10) - timedelta(hours=3))
    with monkeypatch.context() as sin_dibujar:
        sin_dibujar.setattr("feria_inversa.procesos.documentos.leer_documento", pytest.fail)
        with pytest.raises(PlazoInsuficiente) as negada:
            sube(feria, publicada.id, motivo=MOTIVO)
    assert set(negada.value.campos) == {"vence_en"}
    assert publicada.vence_en is not None
    nuevo = publicada.vence_en + timedelta(days=7)
    datos = {"clase": "planos", "titulo": "Planos", "motivo": MOTIVO, "numero": ""}
    cierre = {"vence_en": nuevo.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")}
    pagina, archivo = (
        f"/compras/{publicada.id}/enmiendas/documentos",
        {"archivo": ("p.pdf", un_pdf("Planos"))},
    )
    entidad = sesion_web(feria.entidad.persona)
    corto = entidad.post(pagina, data=datos, files=archivo)
    assert (corto.status_code, "El cierre no puede ser antes" in corto.text) == (422, True)
    assert entidad.post(pagina, data=datos | cierre, files=archivo).status_code == 303
    sesion.rollback()
    convocatoria = sesion.get_one(Convocatoria, publicada.id)
    assert (convocatoria.versiones, convocatoria.vence_en) == (2, nuevo.replace(second=0, microsecond=0))
    assert [d.vigente.titulo for d in traidos(sesion, publicada.id)] == ["Planos"]


def test_un_documento_que_no_habia_es_otra_enmienda(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    sube(feria, id_, "Planos", motivo=MOTIVO)
    acta = json.loads(sesion.connection().execute(text("SELECT contenido FROM feria_acta")).scalar_one())
    assert acta["antes"] == {"documentos": None}
    assert [d["numero"] for d in acta["proceso"]["documentos"]] == [1]


@pytest.mark.parametrize("contenido", [b"\x89PNG\r\n\x1a\n....", b"%PDF-1.4 roto", b"<svg/>"])
def test_solo_un_pdf_que_se_pueda_abrir(feria: Feria, sesion: Session, contenido: bytes) -> None:
    id_ = feria.borrador().id
    with pytest.raises(DocumentoInvalido):
        sube(feria, id_, contenido=contenido)
    assert sesion.exec(select(Documento)).all() == []


def test_ni_de_mas_paginas_ni_mas_documentos(feria: Feria, sesion: Session) -> None:
    id_ = feria.borrador().id
    with pytest.raises(DocumentoInvalido, match="más de 20 páginas"):
        sube(feria, id_, contenido=un_pdf("Largo", 21))
    for _ in range(20):
        sube(feria, id_)
    with pytest.raises(DatosInvalidos, match="hasta 20 documentos"):
        sube(feria, id_)
    assert len(traidos(sesion, id_)) == 20
    with transaccion() as otra:
        quitar_documento(otra, feria.entidad.actor, id_, 5)
    sube(feria, id_, "En su lugar")
    assert traidos(sesion, id_)[4].vigente.titulo == "En su lugar"


def test_el_dbc_no_se_trae_y_un_numero_enorme_no_es_ninguno(feria: Feria, sesion_web: Any) -> None:
    id_ = feria.borrador().id
    cliente, pagina = sesion_web(feria.entidad.persona), f"/compras/{id_}/documentos"
    datos = {"clase": "dbc", "titulo": "Mi propio DBC"}
    archivo = {"archivo": ("x.pdf", un_pdf(), "application/pdf")}
    for ruta in (pagina, f"/api/v1/convocatorias/{id_}/documentos"):
        assert cliente.post(ruta, data=datos, files=archivo).status_code == 422, ruta
    assert cliente.post(f"{pagina}/quitar", data={"quitar": "40000"}).status_code == 422
    assert cliente.post(f"{pagina}/quitar", data={"quitar": "9" * 40}).status_code == 422
    assert set(get_args(ClaseTraida)) == set(Clase) - {Clase.DBC}


def test_quitarlo_dos_veces_es_una(feria: Feria, sesion: Session, sesion_web: Any) -> None:
    id_, envio = feria.borrador().id, str(nuevo_id())
    sube(feria, id_)
    cliente = sesion_web(feria.entidad.persona)
    for _vez in range(2):
        hecha = cliente.post(f"/compras/{id_}/documentos/quitar", data={"quitar": "1", "_id": envio})
        assert hecha.status_code == 303
    assert traidos(sesion, id_) == []


def test_se_quita_de_un_borrador_y_se_va_con_el(feria: Feria, sesion: Session) -> None:
    id_ = feria.borrador().id
    sube(feria, id_, "Uno")
    sube(feria, id_, "Dos")
    with transaccion() as otra:
        quitar_documento(otra, feria.entidad.actor, id_, 1)
    with pytest.raises(DocumentoNoEncontrado), transaccion() as otra:
        quitar_documento(otra, feria.entidad.actor, id_, 1)
    assert [d.vigente.titulo for d in traidos(sesion, id_)] == ["Dos"]
    with transaccion() as otra:
        eliminar_borrador(otra, feria.entidad.actor, id_)
    assert sesion.exec(select(Documento)).all() == []


def test_quien_no_compra_no_los_toca(
    feria: Feria, sesion: Session, crear_persona: Any, actor_de: Any
) -> None:
    evalua = crear_persona("Eva")
    feria.mandato(feria.entidad.id, evalua, Facultad.EVALUAR)
    id_ = feria.borrador().id
    with pytest.raises(ConvocatoriaNoEncontrada):
        sube(feria, id_, actor=feria.ana.actor)
    with pytest.raises(Prohibido):
        sube(feria, id_, actor=actor_de(evalua))
    assert sesion.exec(select(Documento)).all() == []


def test_la_base_guarda_lo_publicado(feria: Feria, sesion: Session) -> None:
    id_ = feria.borrador().id
    sube(feria, id_)
    publica(feria, id_)
    antes = sesion.exec(select(Documento.id).order_by(col(Documento.id))).all()
    fila_de = (
        "INSERT INTO feria_documento SELECT gen_random_uuid(), convocatoria_id, {}, 1, clase, titulo,"
        " archivo_id, recibido, subido_en, subido_por, mandato_id FROM feria_documento"
        " WHERE convocatoria_id = :id AND numero = 1"
    )
    for orden in (
        "DELETE FROM feria_documento WHERE convocatoria_id = :id",
        fila_de.format("2, 1"),
        fila_de.format("1, 2"),
    ):
        with pytest.raises(DBAPIError, match="published"), transaccion() as otra:
            otra.connection().execute(text(orden), {"id": id_})
    with pytest.raises(DBAPIError), transaccion() as otra:
        otra.connection().execute(text("UPDATE feria_documento SET titulo = 'Otro'"))
    sesion.expire_all()
    assert sesion.exec(select(Documento.id).order_by(col(Documento.id))).all() == antes


def test_las_paginas_los_muestran(feria: Feria, sesion_web: Any) -> None:
    id_ = feria.borrador().id
    cliente = sesion_web(feria.entidad.persona)
    pagina = f"/compras/{id_}/documentos"
    datos = {"clase": "planos", "titulo": "Planos del aula"}
    archivo = {"archivo": ("planos.pdf", un_pdf(), "application/pdf")}
    assert "No tiene documentos" in cliente.get(pagina).text
    assert "Suba un PDF" in cliente.post(pagina, data=datos, files={"archivo": ("x", b"hola", "x")}).text
    assert cliente.post(pagina, data=datos, files=archivo).status_code == 303
    assert "Planos del aula" in cliente.get(pagina).text
    assert "Planos del aula" in cliente.get(f"/compras/{id_}/publicar").text
    publica(feria, id_)
    publica_ = cliente.get(f"/feria/{id_}").text
    assert f'href="/feria/{id_}/documentos/1/1"' in publica_
    bajado = cliente.get(f"/feria/{id_}/documentos/1/1")
    assert (bajado.status_code, bajado.content[:5]) == (200, b"%PDF-")
    assert hashlib.sha256(bajado.content).hexdigest() in publica_
    assert cliente.get(f"/feria/{id_}/documentos/1/2").status_code == 404
    enmienda = datos | {"numero": "1", "motivo": MOTIVO}
    hecha = cliente.post(f"/compras/{id_}/enmiendas/documentos", data=enmienda, files=archivo)
    assert hecha.status_code == 303
    assert "desde la versión 2" in cliente.get(f"/feria/{id_}").text
    lista = cliente.get(f"/api/v1/convocatorias/{id_}/documentos").json()
    assert [(d["numero"], d["version"], len(d["anteriores"])) for d in lista if d["numero"]] == [(1, 2, 1)]
