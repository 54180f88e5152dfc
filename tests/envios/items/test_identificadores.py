"""An item asked for by several numbers: whose each is, that none is of two items, that nothing is guessed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from empresa_digital.registro import Facultad, Habilitacion, SinFacultad, TipoUnidad
from envios import s10
from envios.items.errores import (
    EnvioNoEncontrado,
    IdentificadorEnUso,
    IdentificadorNoEncontrado,
    NumeroAmbiguo,
    NumeroDeEnvioInvalido,
)
from envios.items.identificadores import (
    Agregado,
    agregar_identificador,
    identificadores_de,
    retirar_identificador,
    vigente_hasta,
)
from envios.items.modelos import Envio, IdentificadorDeEnvio
from envios.items.por_numero import envio_por_numero, ids_por_numero
from envios.items.verificar import identificadores as verificar
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.modelos import Auditoria
from nucleo.reloj import fecha_bolivia
from tests.envios.conftest import Reparto


@pytest.fixture
def mensajera(reparto: Reparto, crear_persona: Any, crear_unidad: Any) -> tuple[Any, UUID]:
    """A worker of an operator that is not the designated one, and her operator."""
    persona = crear_persona("Mora")
    unidad = crear_unidad(
        "Mensajería de prueba",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=persona,
        facultades=[Facultad.DESPACHAR],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
    )
    return persona, unidad.id


def agregar(reparto: Reparto, persona: Any, envio: Envio, numero: str) -> Agregado:
    with transaccion() as sesion:
        return agregar_identificador(sesion, reparto.actor(persona), envio.id, numero)


def numeros(sesion: Session, envio: Envio) -> list[tuple[str, str]]:
    sesion.rollback()
    return [(i.esquema.value, i.normalizado) for i in identificadores_de(sesion, envio.id)]


def test_el_designado_numera_s10_y_los_demas_con_la_casa(
    sesion: Session, reparto: Reparto, mensajera: tuple[Any, UUID]
) -> None:
    designado, otro = reparto.enviar(), reparto.enviar(operador_unidad_id=mensajera[1])
    assert isinstance(s10.leer_numero(designado.numero), s10.NumeroS10)
    casa = s10.leer_numero(otro.numero)
    assert isinstance(casa, s10.NumeroDeCasa)
    assert (otro.numero[:2], len(otro.numero)) == ("QH", 11)
    assert numeros(sesion, designado) == [("s10", designado.numero)]
    assert numeros(sesion, otro) == [("casa", otro.numero)]
    assert envio_por_numero(sesion, f" {casa.legible.lower()} ").id == otro.id
    (fila,) = identificadores_de(sesion, otro.id)
    dia = fecha_bolivia(otro.creado_en + timedelta(days=2))  # announced now; the fixture moved the item alone
    assert (fila.desde, fila.hasta, fila.principal, fila.emisor_unidad_id) == (
        dia,
        vigente_hasta(dia),
        True,
        None,
    )


@pytest.mark.parametrize(
    ("serie", "numero", "legible"),
    [(0, "QH000000000", "QH 000 000 000"), (1005, "QH000010056", "QH 000 010 056")],
)
def test_numero_de_la_casa(serie: int, numero: str, legible: str) -> None:
    assert s10.generar_de_casa(serie) == numero
    assert s10.leer_numero(numero).legible == legible
    for lugar in range(2, 11):  # every wrong digit is seen
        for cifra in "0123456789":
            malo = numero[:lugar] + cifra + numero[lugar + 1 :]
            if malo != numero:
                with pytest.raises(s10.NumeroInvalido):
                    s10.leer_numero(malo)


def test_cada_uno_lo_llama_a_su_modo_y_se_lo_halla_por_todos(
    sesion: Session, reparto: Reparto, mensajera: tuple[Any, UUID]
) -> None:
    persona, operador = mensajera
    envio = reparto.enviar(operador_unidad_id=operador)
    guia = agregar(reparto, persona, envio, " mo-77 / 2026 ").fila
    assert (guia.esquema, guia.emisor_unidad_id, guia.texto, guia.normalizado) == (
        "operador",
        operador,
        "mo-77 / 2026",
        "MO77/2026",
    )
    pedido = agregar(reparto, reparto.vendedora, envio, "orden 15").fila
    assert (pedido.esquema, pedido.emisor_unidad_id) == ("remitente", reparto.tienda_id)
    foraneo = agregar(reparto, persona, envio, "RR473124829ES")
    assert (foraneo.fila.esquema, foraneo.aviso) == ("s10", "")
    assert numeros(sesion, envio) == [
        ("casa", envio.numero),
        ("operador", "MO77/2026"),
        ("remitente", "ORDEN15"),
        ("s10", "RR473124829ES"),
    ]
    for escrito in ("MO 77/2026", "Orden-15", "rr 473 124 829 es", envio.numero, "ｏｒｄｅｎ１５"):
        assert envio_por_numero(sesion, escrito).id == envio.id
    assert ids_por_numero(sesion, ["ORDEN 15", "nadie"]) == {"ORDEN 15": envio.id}
    auditados = sesion.exec(select(Auditoria).where(Auditoria.accion == "envio.agregar_identificador")).all()
    assert {(a.unidad_id, a.datos["numero"]) for a in auditados} == {
        (operador, "MO77/2026"),
        (reparto.tienda_id, "ORDEN15"),
        (operador, "RR473124829ES"),
    }
    assert verificar(sesion) == []


def test_dos_veces_es_una_y_lo_de_otro_envio_se_rechaza(sesion: Session, reparto: Reparto) -> None:
    uno, otro = reparto.enviar(), reparto.enviar()
    primera = agregar(reparto, reparto.vendedora, uno, "A-100").fila.id
    assert agregar(reparto, reparto.vendedora, uno, "a 100").fila.id == primera
    with pytest.raises(IdentificadorEnUso) as error:
        agregar(reparto, reparto.vendedora, otro, "A100")
    assert error.value.campos == {"numero": "Ese número es de otro envío, o lo fue hace menos de 24 meses."}
    assert numeros(sesion, otro) == [("s10", otro.numero)]
    # the operator may call the other one so: it is another issuer
    assert agregar(reparto, reparto.cartero, otro, "A100").fila.esquema == "operador"


def test_lo_que_es_de_dos_no_se_adivina(
    sesion: Session, reparto: Reparto, mensajera: tuple[Any, UUID]
) -> None:
    persona, operador = mensajera
    suyo, del_correo = reparto.enviar(operador_unidad_id=operador), reparto.enviar()
    agregar(reparto, persona, suyo, "1001")
    agregar(reparto, reparto.cartero, del_correo, "1001")
    sesion.rollback()
    with pytest.raises(NumeroAmbiguo) as error:
        envio_por_numero(sesion, "1001")
    assert error.value.opciones == {
        str(operador): "Mensajería de prueba",
        str(reparto.correos_id): "Correos de prueba",
    }
    assert envio_por_numero(sesion, "1001", operador).id == suyo.id
    assert envio_por_numero(sesion, "1001", reparto.correos_id).id == del_correo.id
    with pytest.raises(NumeroAmbiguo):
        envio_por_numero(sesion, "1001", reparto.tienda_id)
    assert ids_por_numero(sesion, ["1001"]) == {}
    assert ids_por_numero(sesion, ["1001"], operador) == {"1001": suyo.id}


def test_dos_que_llaman_igual_al_mismo_envio_no_son_ambiguos(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    agregar(reparto, reparto.vendedora, envio, "1001")
    agregar(reparto, reparto.cartero, envio, "1001")
    sesion.rollback()
    assert envio_por_numero(sesion, "1001").id == envio.id


@pytest.mark.parametrize(
    ("numero", "dice"),
    [
        ("", "3 a 40"),
        ("ab", "3 a 40"),
        ("x" * 41, "3 a 40"),
        ("-- --", "3 a 40"),
        ("ñandú 5", "3 a 40"),
        ("<script>", "3 a 40"),
        ("QH000010056", "los da la plataforma"),
        ("QH 000 010 055", "los da la plataforma"),
        ("PQ000001006BO", "operador postal designado"),
        ("PQ000001005BO", "dígito verificador"),
    ],
)
def test_lo_que_nadie_puede_traer(sesion: Session, reparto: Reparto, numero: str, dice: str) -> None:
    envio = reparto.enviar()
    with pytest.raises(DatosInvalidos) as error:
        agregar(reparto, reparto.cartero, envio, numero)
    assert error.value.campos is not None
    assert dice in error.value.campos["numero"]
    assert numeros(sesion, envio) == [("s10", envio.numero)]


def test_los_s10_de_bolivia_son_del_designado(
    sesion: Session, reparto: Reparto, mensajera: tuple[Any, UUID]
) -> None:
    persona, operador = mensajera
    suyo, del_correo = reparto.enviar(operador_unidad_id=operador), reparto.enviar()
    with pytest.raises(DatosInvalidos):
        agregar(reparto, persona, suyo, "RR473124829BO")
    assert agregar(reparto, reparto.cartero, del_correo, "RR473124829BO").fila.esquema == "s10"
    # letters that no post uses are accepted, and said
    aviso = agregar(reparto, persona, suyo, "JA473124829ES").aviso
    assert aviso == "Las letras JA no las usa ningún correo: revise que esté bien copiado."
    with pytest.raises(IdentificadorEnUso):
        agregar(reparto, persona, suyo, "JA473124829ES") and agregar(
            reparto, reparto.cartero, del_correo, "JA473124829ES"
        )


def test_un_numero_retirado_ya_no_lo_halla_y_es_libre(sesion: Session, reparto: Reparto) -> None:
    uno, otro = reparto.enviar(), reparto.enviar()
    fila = agregar(reparto, reparto.vendedora, uno, "A100").fila
    for persona in (reparto.cartero, reparto.ana):
        with pytest.raises(SinFacultad), transaccion() as propia:
            retirar_identificador(propia, reparto.actor(persona), uno.id, fila.id)
    for _vez in range(2):
        with transaccion() as propia:
            retirar_identificador(propia, reparto.actor(reparto.vendedora), uno.id, fila.id)
    with pytest.raises(EnvioNoEncontrado):
        envio_por_numero(sesion, "A100")
    agregar(reparto, reparto.vendedora, otro, "A100")
    sesion.rollback()
    assert envio_por_numero(sesion, "A100").id == otro.id
    (principal,) = identificadores_de(sesion, uno.id)
    with pytest.raises(IdentificadorNoEncontrado), transaccion() as propia:
        retirar_identificador(propia, reparto.actor(reparto.vendedora), uno.id, principal.id)


def test_quien_no_lleva_ni_envia_no_agrega(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    with pytest.raises(SinFacultad):
        agregar(reparto, reparto.ana, envio, "A100")
    with pytest.raises(EnvioNoEncontrado):
        agregar(reparto, reparto.ajeno, envio, "A100")
    assert numeros(sesion, envio) == [("s10", envio.numero)]


def test_un_numero_no_se_repite_en_24_meses(sesion: Session, duenio: Engine, reparto: Reparto) -> None:
    envio = reparto.enviar()
    copia = envio.model_dump(exclude={"id", "referencia_id", "creado_en"})
    (fila,) = identificadores_de(sesion, envio.id)

    def otra(dias: int) -> Envio:
        creado = envio.creado_en + timedelta(days=2 + (fila.hasta - fila.desde).days + dias)
        return Envio(**copia | {"id": nuevo_id(), "referencia_id": nuevo_id(), "creado_en": creado})

    with pytest.raises(IntegrityError, match="identificador_vigente"), sesion.begin_nested():
        sesion.add(otra(-1))
    nueva = otra(0)
    sesion.add(nueva)
    sesion.flush()
    assert envio_por_numero(sesion, envio.numero).id == nueva.id  # the number means the newest one


def test_vigencia_desde_un_29_de_febrero(sesion: Session) -> None:
    for desde, hasta in ((date(2028, 2, 29), date(2030, 2, 28)), (date(2026, 11, 22), date(2028, 11, 22))):
        assert vigente_hasta(desde) == hasta
        en_la_base = text("SELECT (CAST(:d AS date) + interval '24 months')::date")
        assert sesion.connection().execute(en_la_base, {"d": desde}).scalar_one() == hasta


@pytest.mark.parametrize("escrito", ["", "x", "ñ" * 30, "<b>", "a" * 200, "\u202e\u202e", "🦙🦙🦙"])
def test_basura_es_un_numero_mal_escrito(sesion: Session, bd: Any, escrito: str) -> None:
    with pytest.raises(NumeroDeEnvioInvalido):
        envio_por_numero(sesion, escrito)


def test_verify_ve_un_envio_sin_su_numero(sesion: Session, duenio: Engine, reparto: Reparto) -> None:
    envio = reparto.enviar()
    with duenio.begin() as conexion:
        conexion.execute(text("DELETE FROM envios_identificador WHERE envio_id = :e"), {"e": envio.id})
    sesion.rollback()
    assert verificar(sesion) == [f"envío {envio.numero}: su identificador principal es None"]
    assert sesion.exec(select(IdentificadorDeEnvio)).all() == []
