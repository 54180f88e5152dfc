"""What the panel tells each kind of user to do next, and what the showcase gathers from the rooms."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from nucleo.dinero import bs
from nucleo.panel import partes
from plataforma import panel, vitrina

pytestmark = pytest.mark.usefixtures("aplicacion")  # which has the rooms register their parts


def _acciones(grupo: panel.Grupo) -> dict[str, int | None]:
    return {a.titulo: a.cuenta for a in grupo.acciones}


def test_un_ciudadano_ve_lo_suyo_y_su_saldo(
    sesion: Session, crear_persona: Callable[..., Any], actor_de: Callable[..., Any], con_saldo: Any
) -> None:
    ana = crear_persona("Ana")
    con_saldo(ana, "125.50")

    grupos = panel.grupos(sesion, actor_de(ana))

    assert [g.titulo for g in grupos] == ["Como persona"]
    assert list(_acciones(grupos[0])) == ["Mis pedidos", "Pagar", "Buzón", "Comprar"]
    assert panel.saldo(sesion, actor_de(ana)) == bs("125.50")


def test_el_buzon_con_mensajes_se_anuncia(
    sesion: Session, crear_persona: Callable[..., Any], actor_de: Callable[..., Any]
) -> None:
    from ciudadania import AVISO_GENERAL, notificar

    ana = crear_persona("Ana")
    notificar(
        sesion,
        persona_id=ana.id,
        asunto="Hola",
        cuerpo="Su pedido llegó.",
        enlace="/pedidos",
        clase=AVISO_GENERAL,
    )
    sesion.flush()

    assert _acciones(panel.grupos(sesion, actor_de(ana))[0])["Leer su buzón"] == 1


def test_cada_unidad_segun_su_clase_y_las_facultades(
    sesion: Session,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Any],
) -> None:
    rosa = crear_persona("Rosa")
    crear_unidad("Cooperativa Wara", representante=rosa, facultades=["VENDER"], habilitaciones=["VENDEDOR"])
    crear_unidad(
        "Alcaldía de Sorata",
        tipo="ENTIDAD_PUBLICA",
        representante=rosa,
        facultades=["COMPRAR"],
        habilitaciones=["ENTIDAD_CONTRATANTE"],
    )
    crear_unidad(
        "Correos de Prueba",
        tipo="OPERADOR_POSTAL",
        representante=rosa,
        facultades=["DESPACHAR"],
        habilitaciones=["OPERADOR_POSTAL"],
    )
    crear_unidad("Ajena", representante=crear_persona("Otra"))

    grupos = panel.grupos(sesion, actor_de(rosa))

    assert {g.titulo: list(_acciones(g)) for g in grupos[:-1]} == {
        "Alcaldía de Sorata": ["Publicar una necesidad"],
        "Cooperativa Wara": ["Vender en la tienda"],
        "Correos de Prueba": ["Atender el mostrador", "Escanear", "Reclamos", "Niveles de servicio"],
    }


def test_quien_cobra_y_paga_por_una_unidad_llega_a_su_dinero(
    sesion: Session,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Any],
    con_saldo: Any,
) -> None:
    ana = crear_persona("Ana")
    alcaldia = crear_unidad(
        "Alcaldía de Sorata",
        tipo="ENTIDAD_PUBLICA",
        representante=ana,
        facultades=["COMPRAR", "VENDER", "PAGAR"],
        habilitaciones=["ENTIDAD_CONTRATANTE"],
    )
    cuenta = con_saldo(alcaldia, "80.00")

    grupo = panel.grupos(sesion, actor_de(ana))[0]

    assert [(a.titulo, a.url) for a in grupo.acciones] == [
        ("Publicar una necesidad", "/compras/nueva"),
        ("Certificaciones presupuestarias", f"/entidades/{alcaldia.id}/certificaciones"),
        ("Cobrar a los ciudadanos", f"/cobros?unidad={alcaldia.numero}"),
        ("Dinero de la unidad", f"/billetera?cuenta={cuenta}"),
    ]
    assert grupo.acciones[-1].texto.startswith("Disponible: Bs\xa080,00.")


def test_el_panel_pregunta_una_vez_por_todas_las_unidades(
    sesion: Session,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Any],
    contar_consultas: Callable[[], Any],
) -> None:
    """A unit more costs only the reads of its own desk, not a look-up per faculty and quality."""
    ana = crear_persona("Ana")

    def consultas() -> int:
        sesion.expire_all()
        with contar_consultas() as sentencias:
            panel.grupos(sesion, actor_de(ana))
        return len(sentencias)

    crear_unidad("Primera", representante=ana)
    consultas()  # the first visit opens her wallet
    con_una = consultas()
    for nombre in ("Segunda", "Tercera", "Cuarta"):
        crear_unidad(nombre, representante=ana)

    assert consultas() == con_una


def test_la_autoridad_ve_cuantas_solicitudes_esperan(
    sesion: Session,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Any],
) -> None:
    regulador = crear_persona("Regulador")
    crear_unidad(
        "Autoridad de Registro",
        tipo="ENTIDAD_PUBLICA",
        mandatos=[(regulador, ["REGULAR"])],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )

    grupos = panel.grupos(sesion, actor_de(regulador))

    vigilancia = {
        "Supervisar los pagos": None,
        "Supervisar a los operadores postales": None,
        "Decidir reclamos de compra": None,
        "Ver las entidades que deben": None,
        "Mirar productos de la tienda": None,
        "Moderar opiniones de compras": None,
        "Retiros a bancos": None,
        "Tarjetas y disputas": None,
    }
    vigilancia |= {"Conciliación con bancos": None, "Historia de compras del Estado": None}
    assert _acciones(grupos[0]) == {"Revisar registros": None, "Calendario oficial": None} | vigilancia


def test_todo_lo_que_las_habitaciones_registran_tiene_su_lugar() -> None:
    de_persona, de_unidades = partes()

    assert de_persona == {*panel.PERSONALES, *panel.POR_TERMINAR}
    assert de_unidades == set(panel.DE_UNIDADES)


def test_la_portada_cuenta_y_muestra_las_unidades_inscritas(
    sesion: Session, crear_unidad: Callable[..., Any]
) -> None:
    unidad = crear_unidad("Cooperativa Wara", municipio_ine="020101")

    portada = vitrina.portada(sesion)

    assert ("Unidades inscritas", 1, "/unidades") in portada.cifras
    unidades = portada.tarjetas["unidades"]
    assert [(t.nombre, t.tipo, t.url) for t in unidades] == [
        ("Cooperativa Wara", "Cooperativa", f"/unidades/{unidad.numero}")
    ]
    assert unidades[0].lugar.endswith("La Paz")
    assert unidades[0].actividad != ""


def test_sin_nada_no_hay_cifras(sesion: Session) -> None:
    portada = vitrina.portada(sesion)

    assert list(portada.cifras) == []
    assert {nombre: list(tarjetas) for nombre, tarjetas in portada.tarjetas.items()} == {
        "unidades": [],
        "productos": [],
        "convocatorias": [],
    }


def test_se_busca_en_las_unidades(sesion: Session, crear_unidad: Callable[..., Any]) -> None:
    crear_unidad("Cooperativa Wara")

    hallado = vitrina.buscar(sesion, "wara")

    assert [t.nombre for t in hallado.tarjetas["unidades"]] == ["Cooperativa Wara"]
    assert bool(hallado)
    assert not vitrina.buscar(sesion, "zzqxy")
