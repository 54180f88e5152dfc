"""A process and the budget certificate that covers it: named until it is decided, never awarded beyond it."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, TextClause, text
from sqlalchemy.exc import DBAPIError

from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.apertura import abrir_convocatoria
from feria_inversa.certificaciones import CertificacionEntrada, CertificacionNoPermite, registrar
from feria_inversa.certificaciones.errores import CertificacionRepetida
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.certificaciones.registrar import anular
from feria_inversa.compra_de_catalogo.errores import CertificacionInsuficiente
from feria_inversa.compra_de_catalogo.exigir import exigir_certificacion
from feria_inversa.contratos.aceptacion import aceptar_orden
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.esquemas import LineaModificada, ModificacionEntrada
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.contratos.modificaciones import firmar_modificacion, proponer_modificacion
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.evaluacion import nombrar_certificado, quedan
from feria_inversa.evaluacion.adjudicacion import adjudicar, decidir_por_reloj
from feria_inversa.evaluacion.certificado import CERTIFICAR
from feria_inversa.evaluacion.errores import CertificadoNoAlcanza
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.procesos import OBJETO
from feria_inversa.procesos.certificado import certificado_de
from feria_inversa.procesos.convocatorias import cancelar_convocatoria, eliminar_borrador
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ZONA
from tests.ayudas.carreras import cruzar
from tests.feria_inversa.conftest import Feria, item


@pytest.fixture(autouse=True)
def en_mayo(reloj: Any) -> Any:
    reloj.situar(datetime(2028, 5, 4, 10, tzinfo=ZONA))
    return reloj


def _certificada(feria: Feria, monto: str, numero: str = "0412", quien: Any = None) -> UUID:
    quien = quien or feria.entidad
    datos = {
        "ejecutora": "00",
        "numero": numero,
        "fecha": "2028-05-02",
        "monto": {"monto": monto, "moneda": "BOB"},
        "objeto": "43700",
        "concepto": "Mobiliario",
    }
    with transaccion() as sesion:
        return registrar(sesion, quien.actor, quien.id, CertificacionEntrada.model_validate(datos)).id


def _nombrar(feria: Feria, id_: UUID, certificacion_id: UUID | None) -> None:
    with transaccion() as sesion:
        nombrar_certificado(sesion, feria.entidad.actor, id_, certificacion_id)


def _evaluada(feria: Feria, reloj: Any, certificacion_id: UUID | None) -> tuple[UUID, UUID]:
    """A process of two chairs at 90, opened, and its bid."""
    id_ = feria.publicada(dias=10, items=[item("Silla", "2", "100.00")]).id
    if certificacion_id is not None:
        _nombrar(feria, id_, certificacion_id)
    oferta = feria.ofertar(feria.ana, id_, ["90.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return id_, oferta


def _decision(feria: Feria, id_: UUID, oferta: UUID | None) -> list[DecisionEntrada]:
    (suyo,) = feria.items(id_)
    return [DecisionEntrada(item_id=suyo.id, oferta_id=oferta, motivo="Por lo que dice el informe.")]


def _adjudicar(feria: Feria, id_: UUID, oferta: UUID | None) -> None:
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, _decision(feria, id_, oferta))


def _queda(certificacion_id: UUID) -> Any:
    with transaccion() as sesion:
        return quedan(sesion, [sesion.get_one(Certificacion, certificacion_id)])[certificacion_id]


def _estado(id_: UUID) -> str:
    with transaccion() as sesion:
        return sesion.get_one(Convocatoria, id_).estado


def _sin_guardas(duenio: Engine, sentencia: TextClause, valores: dict[str, UUID]) -> None:
    """What nobody may do to what covers a process, done."""
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_proceso_certificado DISABLE TRIGGER USER"))
        conexion.execute(sentencia, valores)
        conexion.execute(text("ALTER TABLE feria_proceso_certificado ENABLE TRIGGER USER"))


def test_no_se_adjudica_mas_de_lo_certificado(feria: Feria, en_mayo: Any) -> None:
    corta, justa = _certificada(feria, "179.99", "0001"), _certificada(feria, "180.00", "0002")
    id_, oferta = _evaluada(feria, en_mayo, corta)
    with pytest.raises(CertificadoNoAlcanza, match=r"quedan Bs\s179,99, y hacen falta Bs\s180"):
        _adjudicar(feria, id_, oferta)
    assert (_estado(id_), _queda(corta)) == ("evaluacion", bs("179.99"))
    _nombrar(feria, id_, justa)
    _adjudicar(feria, id_, oferta)
    assert (_estado(id_), _queda(justa), _queda(corta)) == ("resuelto", bs("0"), bs("179.99"))
    with pytest.raises(EstadoNoPermite):
        _nombrar(feria, id_, None)


def test_sin_certificacion_se_adjudica_y_lo_desierto_no_la_pide(feria: Feria, en_mayo: Any) -> None:
    libre, oferta = _evaluada(feria, en_mayo, None)
    _adjudicar(feria, libre, oferta)
    desierta, _oferta = _evaluada(feria, en_mayo, _certificada(feria, "1.00"))
    _adjudicar(feria, desierta, None)
    assert [_estado(libre), _estado(desierta)] == ["resuelto", "resuelto"]


def test_lo_que_otro_proceso_adjudico_no_queda(feria: Feria, en_mayo: Any) -> None:
    una = _certificada(feria, "300.00")
    primero, su_oferta = _evaluada(feria, en_mayo, una)
    segundo, otra = _evaluada(feria, en_mayo, una)
    _adjudicar(feria, primero, su_oferta)
    assert _queda(una) == bs("120.00")
    with pytest.raises(CertificadoNoAlcanza):
        _adjudicar(feria, segundo, otra)
    with transaccion() as sesion:
        fila = sesion.get_one(Certificacion, una)
        with pytest.raises(CertificacionInsuficiente):  # nor for a purchase
            exigir_certificacion(sesion, fila, feria.entidad.id, bs("120.01"))
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, primero, "Ya no hace falta comprarlo.")
    assert _queda(una) == bs("300.00")
    _adjudicar(feria, segundo, otra)
    assert _queda(una) == bs("120.00")


def test_dos_adjudicaciones_a_la_vez_no_pasan_de_lo_certificado(feria: Feria, en_mayo: Any) -> None:
    una = _certificada(feria, "300.00")
    (primero, su_oferta), (segundo, otra) = (_evaluada(feria, en_mayo, una) for _vez in range(2))
    actor = feria.entidad.actor
    decisiones = [_decision(feria, primero, su_oferta), _decision(feria, segundo, otra)]
    falla = cruzar(
        lambda s: adjudicar(s, actor, primero, decisiones[0]),
        lambda s: adjudicar(s, actor, segundo, decisiones[1]),
    )
    assert isinstance(falla, CertificadoNoAlcanza)
    assert _queda(una) == bs("120.00")


def test_la_que_termino_no_cubre_y_se_dice_otra(feria: Feria, en_mayo: Any) -> None:
    anulada, otra = _certificada(feria, "500.00", "0001"), _certificada(feria, "500.00", "0002")
    id_, oferta = _evaluada(feria, en_mayo, anulada)
    with transaccion() as sesion:
        anular(sesion, feria.entidad.actor, anulada, "La partida se reasignó a otra cosa.")
    with pytest.raises(CertificadoNoAlcanza, match="ya no está vigente"):
        _adjudicar(feria, id_, oferta)
    with pytest.raises(CertificacionNoPermite):
        _nombrar(feria, feria.borrador().id, anulada)
    _nombrar(feria, id_, otra)
    _adjudicar(feria, id_, oferta)


@pytest.fixture
def a_medias(feria: Feria, en_mayo: Any) -> tuple[UUID, UUID]:
    """A process whose chairs stand awarded at 180, whose table fell and waits again, and its certificate."""
    una = _certificada(feria, "500.00")
    id_ = feria.publicada(dias=10, items=[item("Silla", "2", "100.00"), item("Mesa", "1", "100.00")]).id
    _nombrar(feria, id_, una)
    oferta = feria.ofertar(feria.ana, id_, ["90.00", "100.00"])
    en_mayo.adelantar(timedelta(days=10, seconds=1))
    actor, items = feria.entidad.actor, feria.items(id_)
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
        adjudicar(sesion, actor, id_, [DecisionEntrada(item_id=i.id, oferta_id=oferta) for i in items])
    assert _queda(una) == bs("220.00")
    with transaccion() as sesion:
        dejar_sin_efecto(sesion, actor, id_, items[1].id, EstadoItem.DESISTIDO, "Lo dijo por escrito.")
    assert (_estado(id_), _queda(una)) == ("evaluacion", bs("320.00"))
    return id_, una


def test_lo_que_sigue_adjudicado_cabe_en_la_que_lo_cubra(feria: Feria, a_medias: tuple[UUID, UUID]) -> None:
    id_, una = a_medias
    corta, justa = _certificada(feria, "179.99", "0001"), _certificada(feria, "180.00", "0002")
    with pytest.raises(CertificadoNoAlcanza, match=r"quedan Bs\s179,99, y hacen falta Bs\s180"):
        _nombrar(feria, id_, corta)
    with transaccion() as sesion:
        assert certificado_de(sesion, id_) == una
    _nombrar(feria, id_, justa)
    assert (_queda(una), _queda(justa)) == (bs("500.00"), bs("0"))


def test_lo_que_sigue_adjudicado_no_se_queda_sin_ella(
    feria: Feria, a_medias: tuple[UUID, UUID], bd: Engine, duenio: Engine
) -> None:
    """Let go, its 180 would be awarded twice: neither the house nor the database does it, and it is seen."""
    id_, una = a_medias
    with pytest.raises(EstadoNoPermite, match="elija otra"):
        _nombrar(feria, id_, None)
    borra = text("DELETE FROM feria_proceso_certificado WHERE convocatoria_id = :id")
    with pytest.raises(DBAPIError) as negada, bd.begin() as conexion:
        conexion.execute(borra, {"id": id_})
    assert getattr(negada.value.orig, "sqlstate", None) == "23001"
    with transaccion() as sesion:
        assert (certificado_de(sesion, id_), verificar_decisiones(sesion)) == (una, [])
        cuce = sesion.get_one(Convocatoria, id_).cuce
    assert _queda(una) == bs("320.00")
    _sin_guardas(duenio, borra, {"id": id_})
    for _vez in range(2):  # gone without a word, and as it was said to be let go before there was a guard
        with transaccion() as sesion:
            assert verificar_decisiones(sesion) == [f"lo adjudicado de {cuce} perdió su certificación"]
            actor = feria.entidad.actor
            auditar(sesion, actor, CERTIFICAR, OBJETO, id_, {"certificacion_id": None})


def test_la_que_se_solto_antes_de_adjudicar_no_se_echa_de_menos(feria: Feria, en_mayo: Any) -> None:
    id_, oferta = _evaluada(feria, en_mayo, _certificada(feria, "500.00"))
    _nombrar(feria, id_, None)
    en_mayo.adelantar(timedelta(seconds=1))
    _adjudicar(feria, id_, oferta)
    with transaccion() as sesion:
        assert (certificado_de(sesion, id_), verificar_decisiones(sesion)) == (None, [])


def test_el_reloj_decide_aunque_la_certificacion_termine(
    feria: Feria, a_medias: tuple[UUID, UUID], en_mayo: Any
) -> None:
    id_, una = a_medias
    with transaccion() as sesion:
        anular(sesion, feria.entidad.actor, una, "La partida se reasignó a otra cosa.")
    with pytest.raises(CertificacionRepetida, match="ya se adjudicó con ella"):  # its budget, twice
        _certificada(feria, "500.00")
    with transaccion() as sesion:
        sigue_en = sesion.get_one(Convocatoria, id_).sigue_en
    assert sigue_en is not None
    en_mayo.situar(sigue_en)
    with transaccion() as sesion:
        assert decidir_por_reloj(sesion, id_)
    assert [i.estado for i in feria.items(id_)] == ["adjudicado", "desierto"]
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, id_, "Ya no hace falta comprarlo.")
    assert _queda(_certificada(feria, "500.00")) == bs("500.00")


def test_lo_adjudicado_de_mas_se_descubre(feria: Feria, en_mayo: Any, duenio: Engine) -> None:
    una = _certificada(feria, "300.00")
    (primero, su_oferta), (segundo, otra) = _evaluada(feria, en_mayo, una), _evaluada(feria, en_mayo, None)
    _adjudicar(feria, primero, su_oferta)
    _adjudicar(feria, segundo, otra)
    with transaccion() as sesion:
        assert verificar_decisiones(sesion) == []
    inserta = text(
        "INSERT INTO feria_proceso_certificado SELECT :id, unidad_id, id, nucleo_ahora(), 'Nadie'"
        " FROM feria_certificacion WHERE id = :una"
    )
    _sin_guardas(duenio, inserta, {"id": segundo, "una": una})
    with transaccion() as sesion:
        assert verificar_decisiones(sesion) == [
            "la certificación 0412 de 2028 tiene adjudicado más de lo que le queda"
        ]


def test_es_de_la_entidad_y_se_va_con_su_borrador(feria: Feria, bd: Engine) -> None:
    otra = feria.crear_parte(
        "Municipio Ajeno",
        TipoUnidad.ENTIDAD_PUBLICA,
        (Facultad.COMPRAR, Facultad.PAGAR),
        (Habilitacion.ENTIDAD_CONTRATANTE,),
    )
    ajena, propia = _certificada(feria, "500.00", quien=otra), _certificada(feria, "500.00")
    id_ = feria.borrador().id
    for mala in (ajena, id_):
        with pytest.raises(DatosInvalidos):
            _nombrar(feria, id_, mala)
    with pytest.raises(DBAPIError) as negada, bd.begin() as conexion:
        conexion.execute(
            text(
                "INSERT INTO feria_proceso_certificado SELECT :id, unidad_id, id, nucleo_ahora(), 'Nadie'"
                " FROM feria_certificacion WHERE id = :ajena"
            ),
            {"id": id_, "ajena": ajena},
        )
    assert getattr(negada.value.orig, "sqlstate", None) == "23001"
    _nombrar(feria, id_, propia)
    with transaccion() as sesion:
        assert certificado_de(sesion, id_) == propia
        eliminar_borrador(sesion, feria.entidad.actor, id_)
    with transaccion() as sesion:
        assert certificado_de(sesion, id_) is None


def test_se_dice_en_su_pagina(feria: Feria, sesion_web: Any) -> None:
    _certificada(feria, "500.00")
    propia = _certificada(feria, "750.00", "0500")
    id_ = feria.publicada().id
    entidad = sesion_web(feria.entidad.persona)
    aqui = f"/compras/{id_}/certificacion"
    dice = entidad.get(aqui).text
    assert "El proceso no dice qué certificación lo cubre." in dice
    assert "0500 de 2028, quedan Bs\xa0750,00: Mobiliario" in dice
    assert entidad.post(aqui, data={"certificacion_id": str(propia)}).status_code == 303
    assert f'href="/certificaciones/{propia}"' in entidad.get(aqui).text
    assert sesion_web(feria.ana.persona).get(aqui).status_code == 404
    assert entidad.post(aqui, data={"certificacion_id": ""}).status_code == 303
    assert "El proceso no dice" in entidad.get(aqui).text


def test_su_pagina_cuenta_lo_que_ya_adjudico(
    feria: Feria, a_medias: tuple[UUID, UUID], sesion_web: Any
) -> None:
    """Of 500 with 180 awarded 320 are left, for this process too; and «Ninguna» is refused in words."""
    id_, una = a_medias
    entidad = sesion_web(feria.entidad.persona)
    aqui = f"/compras/{id_}/certificacion"
    dice = entidad.get(aqui).text
    assert ("Bs\xa0320,00" in dice, "Bs\xa0500,00" in dice) == (True, False)
    negada = entidad.post(aqui, data={"certificacion_id": ""})
    assert (negada.status_code, "elija otra" in negada.text) == (409, True)
    assert _queda(una) == bs("320.00")
    todas = entidad.get(f"/entidades/{feria.entidad.id}/certificaciones").text
    assert "Por comprometer" in todas


def _ordenada(feria: Feria, reloj: Any, certificado: UUID) -> UUID:
    """An order of two chairs at 90 that was accepted, of a process that a certificate covers."""
    id_, oferta = _evaluada(feria, reloj, certificado)
    _adjudicar(feria, id_, oferta)
    with transaccion() as sesion:
        (orden,) = emitir_ordenes(sesion, feria.entidad.actor, id_)
    with transaccion() as sesion:
        return aceptar_orden(sesion, feria.ana.actor, orden.id).id


def _proponer(feria: Feria, orden_id: UUID, cuantas: int) -> int:
    lineas = [LineaModificada(numero=1, cantidad=Decimal(cuantas))]
    datos = ModificacionEntrada(lineas=lineas, motivo="Hay más niños en la escuela.")
    with transaccion() as sesion:
        return proponer_modificacion(sesion, feria.entidad.actor, orden_id, datos).numero


def _firmar(feria: Feria, orden_id: UUID, numero: int = 1) -> None:
    with transaccion() as sesion:
        firmar_modificacion(sesion, feria.ana.actor, orden_id, numero)


_FIRMAR_SIN_MAS = text(
    "UPDATE feria_modificacion SET estado = 'firmada', respondida_en = nucleo_ahora(), respondida_por = 'x'"
    " WHERE orden_id = :orden AND estado = 'propuesta'"
)


def test_lo_que_una_orden_crece_tambien_sale_de_ella(feria: Feria, reloj: Any) -> None:
    """A chair more is Bs 90 of the certificate: refused where it does not fit, taken where it does."""
    certificado = _certificada(feria, "300.00")
    orden = _ordenada(feria, reloj, certificado)
    with pytest.raises(CertificadoNoAlcanza, match=r"quedan Bs\s300,00, y hacen falta Bs\s360"):
        _proponer(feria, orden, 4)
    _proponer(feria, orden, 3)
    assert _queda(certificado) == bs("120.00")
    _firmar(feria, orden)
    assert _queda(certificado) == bs("30.00")
    with transaccion() as sesion:
        assert verificar_decisiones(sesion) == []
    otro, suya = _evaluada(feria, reloj, certificado)
    with pytest.raises(CertificadoNoAlcanza, match=r"quedan Bs\s30"):
        _adjudicar(feria, otro, suya)
    with transaccion() as sesion:
        anular(sesion, feria.entidad.actor, certificado, "La partida se reasignó a otra cosa.")
    with pytest.raises(CertificadoNoAlcanza, match="lo que crezca se contrata aparte"):  # it names no other
        _proponer(feria, orden, 4)


def test_lo_que_se_redujo_no_crece_sin_ella(feria: Feria, reloj: Any, bd: Engine) -> None:
    """Also back to what was awarded: what was let go of the certificate is covered by none."""
    certificado = _certificada(feria, "300.00")
    orden = _ordenada(feria, reloj, certificado)
    _proponer(feria, orden, 1)
    _firmar(feria, orden)
    assert _proponer(feria, orden, 2) == 2
    with transaccion() as sesion:
        anular(sesion, feria.entidad.actor, certificado, "La partida se reasignó a otra cosa.")
    with pytest.raises(CertificadoNoAlcanza, match="lo que crezca se contrata aparte"):
        _firmar(feria, orden, 2)
    with pytest.raises(DBAPIError, match="within a certificate in force"), bd.begin() as conexion:
        conexion.execute(_FIRMAR_SIN_MAS, {"orden": orden})
    with transaccion() as sesion:
        assert sesion.get_one(OrdenDeCompra, orden).total == bs("90.00")


def test_dos_ordenes_no_crecen_con_lo_mismo(feria: Feria, reloj: Any, bd: Engine) -> None:
    """Of a certificate are left Bs 90, and each of two orders would grow by them."""
    certificado = _certificada(feria, "450.00")
    una, otra = _ordenada(feria, reloj, certificado), _ordenada(feria, reloj, certificado)
    assert (_proponer(feria, una, 3), _proponer(feria, otra, 3)) == (1, 1)
    _firmar(feria, una)
    assert _queda(certificado) == bs("0.00")
    with pytest.raises(CertificadoNoAlcanza, match=r"quedan Bs\s180,00, y hacen falta Bs\s270"):
        _firmar(feria, otra)
    with pytest.raises(DBAPIError, match="within a certificate in force"), bd.begin() as conexion:
        conexion.execute(_FIRMAR_SIN_MAS, {"orden": otra})
    with transaccion() as sesion:
        assert sesion.get_one(OrdenDeCompra, otra).total == bs("180.00")
