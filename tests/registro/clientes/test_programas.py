"""Programs of a unit: who connects them, what their secrets open, and until when."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from ciudadania.modelos import ClienteMaquina, Notificacion, Token
from ciudadania.secretos import esta_bien_copiado
from empresa_digital.registro import Facultad, NuevoMandato, inscripcion
from empresa_digital.registro.clientes import conectar, desconectar, rotar, tareas
from empresa_digital.registro.clientes.tareas import avisar_secretos_por_vencer
from empresa_digital.registro.mandatos import aceptar_mandato, otorgar_mandato, revocar_mandato
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.modelos import Auditoria
from tests.ayudas.carreras import hasta_que_esperen

Crear = Callable[..., Any]
SECRETO = re.compile(r"qhs_[0-9A-Za-z]{46}")


class Casa:
    """A unit, Ana who administers it, and her calls to the API."""

    def __init__(self, unidad: Any, ana: Any, actor: Any, token: str, cliente: Any) -> None:
        self.unidad, self.ana, self.actor, self.cliente = unidad, ana, actor, cliente
        self.cabeceras = {"Authorization": f"Bearer {token}"}
        self.ruta = f"/api/v1/unidades-economicas/{unidad.numero}/clientes"

    def conectar(self, nombre: str = "Sistema de ventas", *alcances: str, **mas: Any) -> dict[str, Any]:
        cuerpo = {"nombre": nombre, "alcances": alcances or ["productos", "buzon"], **mas}
        respuesta = self.cliente.post(self.ruta, json=cuerpo, headers=self.cabeceras)
        assert respuesta.status_code == 201, respuesta.text
        return dict(respuesta.json())

    def rotar(self, programa: dict[str, Any], **mas: Any) -> Any:
        cuerpo = {"pista": programa["secreto"][-4:], **mas}
        return self.cliente.post(
            f"{self.ruta}/{programa['id']}/rotacion", json=cuerpo, headers=self.cabeceras
        )

    def pedir(self, programa: dict[str, Any], **mas: str) -> Any:
        datos = {"grant_type": "client_credentials", "client_id": programa["id"]}
        return self.cliente.post("/oauth/token", data=datos | {"client_secret": programa["secreto"]} | mas)

    def token(self, programa: dict[str, Any]) -> dict[str, str]:
        respuesta = self.pedir(programa)
        assert respuesta.status_code == 200, respuesta.text
        return {"Authorization": f"Bearer {respuesta.json()['access_token']}"}

    def abre(self, portador: dict[str, str]) -> int:
        return int(self.cliente.get("/api/v1/notificaciones", headers=portador).status_code)


@pytest.fixture
def casa(crear_unidad: Crear, crear_persona: Crear, actor_de: Crear, token_de: Crear, cliente: Any) -> Casa:
    ana = crear_persona("Ana")
    unidad = crear_unidad("Tejidos del Sur", representante=ana, habilitaciones=["VENDEDOR"])
    return Casa(unidad, ana, actor_de(ana), token_de(ana), cliente)


def _dice(respuesta: Any) -> tuple[int, str]:
    cuerpo = respuesta.json()
    return respuesta.status_code, cuerpo.get("error") or cuerpo["codigo"]


# --- From nothing to a call ------------------------------------------------------------------------------


def test_conectar_pedir_un_token_y_llamar(casa: Casa, sesion: Session) -> None:
    programa = casa.conectar()
    assert SECRETO.fullmatch(programa["secreto"])
    assert esta_bien_copiado(programa["secreto"], "qhs_")
    assert programa["alcances"] == ["buzon", "productos"]
    assert casa.abre(casa.token(programa)) == 200
    fila = sesion.exec(select(ClienteMaquina)).one()
    assert fila.usado_en is not None
    guardado = repr(fila.model_dump())
    assert programa["secreto"] not in guardado
    assert guardado.count(programa["secreto"][-4:]) >= 1
    (listado,) = casa.cliente.get(casa.ruta, headers=casa.cabeceras).json()["datos"]
    assert listado["id"] == programa["id"]
    assert "secreto" not in listado
    asuntos = sesion.exec(select(Notificacion.asunto)).all()
    assert "Se conectó el programa «Sistema de ventas»" in asuntos


def test_lo_que_hace_un_programa_queda_a_su_nombre(casa: Casa, sesion: Session) -> None:
    programa = casa.conectar("Catálogo", "productos")
    producto = {
        "unidad_id": str(casa.unidad.id),
        "nombre": "Manta",
        "precio": {"monto": "80.00", "moneda": "BOB"},
        "existencias": 3,
        "unidad": "pieza",
    }
    hecha = casa.cliente.post("/api/v1/productos", json=producto, headers=casa.token(programa))
    assert hecha.status_code in (201, 422), hecha.text
    emitidos = sesion.exec(select(Auditoria).where(Auditoria.accion == "token.emitir")).all()
    de_programa = [
        (e.actor_tipo, str(e.actor_id), e.actor_nombre) for e in emitidos if e.actor_tipo != "persona"
    ]
    assert de_programa == [("cliente", programa["id"], "Catálogo")]
    creado = sesion.exec(select(Auditoria).where(Auditoria.accion == "cliente.crear")).one()
    assert (creado.actor_id, creado.unidad_id) == (casa.ana.id, casa.unidad.id)
    assert creado.mandato_id is not None
    assert programa["secreto"] not in repr(creado.datos)


def test_la_pagina_muestra_el_secreto_una_sola_vez(casa: Casa, sesion_web: Crear, sesion: Session) -> None:
    navegador = sesion_web(casa.ana)
    pagina = f"/mis-unidades/{casa.unidad.numero}/programas"
    assert "Ninguno todavía" in navegador.get(pagina).text
    datos = {"nombre": "Caja", "alcances.cobros": "1", "dias": "90", "_id": str(nuevo_id())}
    hecha = navegador.post(pagina, data=datos)
    assert hecha.status_code == 200
    secreto = SECRETO.search(hecha.text)
    assert secreto is not None
    assert hecha.headers["cache-control"] == "no-store"
    repetida = navegador.post(pagina, data=datos)  # the browser's reload
    assert repetida.status_code == 409
    assert "Ya está conectado «Caja»" in repetida.text
    assert SECRETO.search(repetida.text) is None
    fila = sesion.exec(select(ClienteMaquina)).one()
    assert (fila.secreto_vence_en - fila.secreto_desde).days in (89, 90)
    for otra in (pagina, f"{pagina}/{fila.id}"):
        vista = navegador.get(otra)
        assert vista.status_code == 200
        assert SECRETO.search(vista.text) is None
    rotada = navegador.post(f"{pagina}/{fila.id}/rotar", data={"pista": fila.pista, "horas": "24"})
    assert SECRETO.search(rotada.text)
    salida = navegador.post(f"{pagina}/{fila.id}/desconectar", data={"motivo": "Ya no lo usamos"})
    assert salida.headers["location"] == pagina
    assert "Ya no lo usamos" in navegador.get(pagina).text


# --- Who may, and no more than they have -----------------------------------------------------------------


def test_solo_quien_administra_y_con_ingreso_reciente(
    casa: Casa, otorgar: Crear, crear_persona: Crear, actor_de: Crear, sesion: Session, reloj: Any
) -> None:
    vendedor = crear_persona("Luis")
    otorgar(casa.unidad.id, vendedor, Facultad.VENDER, Facultad.PAGAR)
    programa, _secreto = conectar(sesion, casa.actor, casa.unidad.id, nombre="Uno", alcances=["buzon"])
    sesion.commit()
    vieja = actor_de(casa.ana, reloj.ahora() - timedelta(hours=3))
    un_dia = timedelta(days=1)
    for quien, codigo in ((actor_de(vendedor), "sin_facultad"), (vieja, "sesion_no_reciente")):
        for acto in (
            lambda q=quien: conectar(sesion, q, casa.unidad.id, nombre="Otro", alcances=["pagos"]),
            lambda q=quien: rotar(
                sesion, q, casa.unidad.id, programa.id, pista=programa.pista, traslape=un_dia
            ),
            lambda q=quien: desconectar(sesion, q, casa.unidad.id, programa.id, "Porque sí"),
        ):
            with pytest.raises(ErrorDominio) as capturado:
                acto()
            assert capturado.value.codigo == codigo
            sesion.rollback()
    fila = sesion.exec(select(ClienteMaquina)).one()
    assert (fila.pista, fila.revocado_en, fila.huella_anterior) == (programa.pista, None, None)


def test_un_programa_no_amplia_el_mandato_de_quien_lo_conecta(
    casa: Casa, otorgar: Crear, crear_persona: Crear, actor_de: Crear, sesion: Session, reloj: Any
) -> None:
    gerente = crear_persona("Marta")
    otorgar(casa.unidad.id, gerente, Facultad.ADMINISTRAR, limite="500.00")
    for alcance in ("pagos", "convocatorias"):
        with pytest.raises(DatosInvalidos, match="Su mandato tiene límite"):
            conectar(sesion, actor_de(gerente), casa.unidad.id, nombre="X", alcances=["buzon", alcance])
        sesion.rollback()
    assert sesion.exec(select(ClienteMaquina)).all() == []
    breve = crear_persona("Beto")
    nuevo = NuevoMandato(
        (Facultad.ADMINISTRAR,), persona_id=breve.id, hasta=reloj.ahora() + timedelta(days=3)
    )
    with transaccion() as propia:
        dado = otorgar_mandato(propia, casa.actor, casa.unidad.id, nuevo)
        aceptar_mandato(propia, actor_de(breve), dado.id)
    hecho, _s = conectar(sesion, actor_de(breve), casa.unidad.id, nombre="Y", alcances=["pagos"], dias=365)
    assert timedelta(days=2, hours=23) < hecho.secreto_vence_en - hecho.secreto_desde <= timedelta(days=3)


def test_quien_deja_de_administrar_pudo_guardar_los_secretos(
    casa: Casa, crear_persona: Crear, actor_de: Crear, sesion: Session
) -> None:
    """They are told to change them; nothing is cut by itself, for sales would stop."""
    aviso = select(Notificacion).where(
        Notificacion.asunto == "Cambie los secretos de sus programas conectados"
    )
    casa.conectar()
    for n, facultad in enumerate((Facultad.VENDER, Facultad.ADMINISTRAR)):
        eva = crear_persona("Eva")
        with transaccion() as propia:
            nuevo = NuevoMandato((facultad,), persona_id=eva.id)
            dado = otorgar_mandato(propia, casa.actor, casa.unidad.id, nuevo).id
            aceptar_mandato(propia, actor_de(eva), dado)
            revocar_mandato(propia, casa.actor, dado, "Se fue")
        assert len(sesion.exec(aviso).all()) == n
        sesion.rollback()
    (dicho,) = sesion.exec(aviso)
    assert (dicho.unidad_id, "Sistema de ventas" in dicho.cuerpo) == (casa.unidad.id, True)


def test_de_otra_unidad_no_existe(casa: Casa, crear_unidad: Crear) -> None:
    ajena = crear_unidad("Otra casa", representante=casa.ana)
    programa = casa.conectar()
    ruta = f"/api/v1/unidades-economicas/{ajena.numero}/clientes/{programa['id']}"
    pista = {"pista": programa["secreto"][-4:]}
    for acto, cuerpo in (("rotacion", pista), ("revocacion", {"motivo": "x"})):
        respuesta = casa.cliente.post(f"{ruta}/{acto}", json=cuerpo, headers=casa.cabeceras)
        assert _dice(respuesta) == (404, "cliente_no_encontrado")
    assert casa.abre(casa.token(programa)) == 200


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"alcances": ["todo"]}, "alcances"),
        ({"alcances": []}, "alcances"),
        ({"nombre": "   "}, "nombre"),
        ({"nombre": "a" * 81}, "nombre"),
        ({"nombre": "Caja\u0000"}, "nombre"),
        ({"dias": 0}, "dias"),
        ({"dias": 366}, "dias"),
        ({"otra": 1}, "otra"),
    ],
)
def test_lo_mal_pedido_dice_que_y_no_conecta(
    casa: Casa, sesion: Session, datos: dict[str, Any], campo: str
) -> None:
    cuerpo = {"nombre": "Caja", "alcances": ["cobros"]} | datos
    respuesta = casa.cliente.post(casa.ruta, json=cuerpo, headers=casa.cabeceras)
    assert respuesta.status_code == 422
    assert campo in respuesta.json()["campos"]
    assert sesion.exec(select(ClienteMaquina)).all() == []


def test_hay_un_tope_y_los_nombres_no_se_repiten(casa: Casa) -> None:
    for n in range(20):
        casa.conectar(f"Programa {n}")
    repetido = {"nombre": "programa  3", "alcances": ["buzon"]}
    assert _dice(casa.cliente.post(casa.ruta, json=repetido, headers=casa.cabeceras)) == (
        409,
        "programa_repetido",
    )
    uno_mas = {"nombre": "Uno más", "alcances": ["buzon"]}
    assert _dice(casa.cliente.post(casa.ruta, json=uno_mas, headers=casa.cabeceras)) == (
        409,
        "demasiados_programas",
    )


# --- Rotation --------------------------------------------------------------------------------------------


def test_dos_secretos_valen_mientras_dura_el_traslape(casa: Casa, reloj: Any) -> None:
    viejo = casa.conectar()
    de_antes = casa.token(viejo)
    nuevo = casa.rotar(viejo).json()
    assert nuevo["secreto"] != viejo["secreto"]
    assert casa.pedir(viejo).status_code == casa.pedir(nuevo).status_code == 200
    assert casa.abre(de_antes) == 200
    assert _dice(casa.rotar(nuevo)) == (409, "rotacion_en_curso")
    reloj.adelantar(timedelta(hours=23, minutes=59))
    assert casa.pedir(viejo).status_code == 200
    reloj.adelantar(timedelta(minutes=2))
    assert _dice(casa.pedir(viejo)) == (401, "invalid_client")
    assert "vencio" in casa.pedir(viejo).json()["error_description"]
    assert casa.pedir(nuevo).status_code == 200


def test_sin_traslape_todo_lo_anterior_muere_ya(casa: Casa) -> None:
    viejo = casa.conectar()
    de_antes = casa.token(viejo)
    nuevo = casa.rotar(viejo, traslape_horas=0).json()
    assert nuevo["anterior_vence_en"] is None
    assert _dice(casa.pedir(viejo)) == (401, "invalid_client")
    assert casa.abre(de_antes) == 401
    assert casa.abre(casa.token(nuevo)) == 200
    mas_nuevo = casa.rotar(nuevo).json()  # and during an overlap too
    ultimo = casa.rotar(mas_nuevo, traslape_horas=0)
    assert ultimo.status_code == 200
    assert casa.pedir(nuevo).status_code == casa.pedir(mas_nuevo).status_code == 401
    assert casa.pedir(ultimo.json()).status_code == 200


def test_un_secreto_vencido_no_revive_al_rotar(casa: Casa, reloj: Any, token_de: Crear) -> None:
    viejo = casa.conectar(dias=1)
    reloj.adelantar(timedelta(days=1, minutes=1))
    assert _dice(casa.pedir(viejo)) == (401, "invalid_client")
    casa.cabeceras = {"Authorization": f"Bearer {token_de(casa.ana)}"}
    nuevo = casa.rotar(viejo)
    assert nuevo.json()["anterior_vence_en"] is None
    assert _dice(casa.pedir(viejo)) == (401, "invalid_client")
    assert casa.pedir(nuevo.json()).status_code == 200


def test_dos_rotaciones_a_la_vez_son_una(casa: Casa, sesion: Session) -> None:
    """Whoever comes second is told, and nobody is left with a secret that never worked."""
    programa = casa.conectar()
    for traslape in (timedelta(days=1), timedelta(0)):
        pista = sesion.exec(select(ClienteMaquina.pista)).one()
        sesion.rollback()
        barrera = threading.Barrier(2)

        def una(_n: int, pista: str = pista, traslape: timedelta = traslape, barrera: Any = barrera) -> str:
            barrera.wait()
            try:
                with transaccion() as propia:
                    return rotar(
                        propia, casa.actor, casa.unidad.id, programa["id"], pista=pista, traslape=traslape
                    )[1]
            except ErrorDominio as error:
                return error.codigo

        with ThreadPoolExecutor(2) as hilos:
            hechas = sorted(hilos.map(una, range(2)))
        assert hechas[1] == "secreto_ya_rotado"
        assert casa.pedir(programa | {"secreto": hechas[0]}).status_code == 200


def test_un_token_pedido_durante_la_rotacion_sin_traslape_no_la_sobrevive(casa: Casa, bd: Engine) -> None:
    """The request finds the former secret good, and waits: it must not give what the rotation then misses."""
    viejo = casa.conectar()
    with ThreadPoolExecutor(1) as hilos:
        with transaccion() as rotacion:
            rotar(
                rotacion,
                casa.actor,
                casa.unidad.id,
                viejo["id"],
                pista=viejo["secreto"][-4:],
                traslape=timedelta(0),
            )
            pedido = hilos.submit(casa.pedir, viejo)
            hasta_que_esperen()
        assert _dice(pedido.result()) == (401, "invalid_client")


# --- The end ---------------------------------------------------------------------------------------------


def test_desconectar_en_medio_de_las_llamadas(casa: Casa) -> None:
    programa = casa.conectar()
    portador = casa.token(programa)
    llamadas: list[int] = []
    for n in range(6):
        if n == 3:
            ruta = f"{casa.ruta}/{programa['id']}/revocacion"
            hecha = casa.cliente.post(ruta, json={"motivo": "Se filtró"}, headers=casa.cabeceras)
            assert hecha.json()["revocado_motivo"] == "Se filtró"
        llamadas.append(casa.abre(portador))
    assert llamadas == [200, 200, 200, 401, 401, 401]
    negada = casa.pedir(programa)
    assert _dice(negada) == (401, "invalid_client")
    assert negada.json()["error_description"] == "El programa fue desconectado por su unidad."
    otra = casa.cliente.post(ruta, json={"motivo": "x"}, headers=casa.cabeceras)
    assert _dice(otra) == (409, "cliente_desconectado")
    assert _dice(casa.rotar(programa)) == (409, "cliente_desconectado")
    assert casa.conectar()["id"] != programa["id"]  # its name is free again


def test_los_de_una_unidad_suspendida_o_cancelada_se_detienen(
    casa: Casa, crear_unidad: Crear, crear_persona: Crear, actor_de: Crear
) -> None:
    rita = crear_persona("Rita")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rita,
        facultades=["ADMINISTRAR", "REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    programa = casa.conectar()
    portador = casa.token(programa)
    with transaccion() as sesion:
        inscripcion.suspender(sesion, actor_de(rita), casa.unidad.id, "Prueba")
    assert casa.abre(portador) == 401
    negada = casa.pedir(programa)
    assert _dice(negada) == (400, "unauthorized_client")
    assert negada.json()["error_description"].startswith("La unidad esta suspendida")
    assert (
        casa.cliente.post(
            casa.ruta, json={"nombre": "Otro", "alcances": ["buzon"]}, headers=casa.cabeceras
        ).status_code
        == 403
    )
    with transaccion() as sesion:
        inscripcion.rehabilitar(sesion, actor_de(rita), casa.unidad.id)
    assert casa.abre(portador) == 200
    with transaccion() as sesion:
        inscripcion.cancelar(sesion, casa.actor, casa.unidad.id, "Cierra")
    assert casa.abre(portador) == 401
    assert _dice(casa.pedir(programa)) == (400, "unauthorized_client")


def test_el_vencimiento_se_avisa_una_vez_por_secreto(
    casa: Casa, sesion: Session, reloj: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    programa, _otro = casa.conectar(dias=30), casa.conectar("Caja", dias=29)
    assert avisar_secretos_por_vencer() == 0
    reloj.adelantar(timedelta(days=17))
    verdadero, dichos = tareas.notificar_unidad, []

    def falla(*args: Any, **datos: Any) -> None:
        dichos.append(args)
        if len(dichos) == 1:
            raise RuntimeError
        verdadero(*args, **datos)

    monkeypatch.setattr(tareas, "notificar_unidad", falla)
    with pytest.raises(RuntimeError):
        avisar_secretos_por_vencer()
    assert sesion.exec(
        select(ClienteMaquina.id).where(col(ClienteMaquina.avisado_de).is_not(None))
    ).all() == [UUID(programa["id"])], "who fails keeps nobody waiting"
    assert (avisar_secretos_por_vencer(), avisar_secretos_por_vencer()) == (1, 0)
    sesion.rollback()
    asunto = "El secreto del programa «Sistema de ventas» vence el %"
    aviso = sesion.exec(select(Notificacion).where(col(Notificacion.asunto).like(asunto))).one()
    assert aviso.enlace == f"/mis-unidades/{casa.unidad.numero}/programas"
    with transaccion() as propia:
        fila = propia.get(ClienteMaquina, programa["id"])
        assert fila is not None
        reciente = casa.actor.__class__(**{**_campos(casa.actor), "autenticado_en": reloj.ahora()})
        rotar(propia, reciente, casa.unidad.id, fila.id, pista=fila.pista, traslape=timedelta(0), dias=20)
    assert avisar_secretos_por_vencer() == 0
    reloj.adelantar(timedelta(days=7))
    assert avisar_secretos_por_vencer() == 1


def _campos(valor: Any) -> dict[str, Any]:
    return {nombre: getattr(valor, nombre) for nombre in valor.__dataclass_fields__}


# --- What the database itself refuses --------------------------------------------------------------------


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE ciudadania_cliente SET alcances = ARRAY['pagos']",
        "UPDATE ciudadania_cliente SET unidad_id = gen_random_uuid()",
        "UPDATE ciudadania_cliente SET nombre = 'Otro'",
        "DELETE FROM ciudadania_cliente",
        "UPDATE ciudadania_cliente SET secreto_vence_en = secreto_desde + interval '10 years'",
        "UPDATE ciudadania_cliente SET huella_anterior = huella_secreto, anterior_vence_en = secreto_desde",
        "UPDATE ciudadania_cliente SET huella_anterior = sha256('x'), "
        "anterior_vence_en = secreto_desde + interval '8 days'",
        "UPDATE ciudadania_cliente SET revocado_en = nucleo_ahora()",
    ],
)
def test_la_aplicacion_no_cambia_lo_que_un_programa_es(casa: Casa, sesion: Session, orden: str) -> None:
    casa.conectar()
    with pytest.raises(Exception, match=r"(?i)permission denied|violates check|restrict"):
        sesion.execute(text(orden))


def test_un_programa_desconectado_no_vuelve_ni_por_la_base(
    casa: Casa, sesion: Session, duenio: Engine
) -> None:
    programa = casa.conectar()
    with transaccion() as propia:
        desconectar(propia, casa.actor, casa.unidad.id, programa["id"], "Fin")
    for motor_o_sesion in (sesion, duenio.connect()):
        with pytest.raises(Exception, match="un programa desconectado no vuelve"):
            motor_o_sesion.execute(
                text("UPDATE ciudadania_cliente SET revocado_en = NULL, revocado_motivo = NULL")
            )
        motor_o_sesion.rollback()
        motor_o_sesion.close()


# --- The token endpoint, by force ------------------------------------------------------------------------


def test_mil_pedidos_de_token_dan_los_del_minuto(casa: Casa, sesion: Session) -> None:
    programa = casa.conectar()
    estados = [casa.pedir(programa).status_code for _n in range(1000)]
    dados = estados.count(200)
    assert 120 <= dados <= 240  # of one minute, or of two that touch
    assert estados.count(429) == 1000 - dados
    assert len(sesion.exec(select(Token.id).where(Token.cliente_id == programa["id"])).all()) == dados


def test_el_secreto_de_otro_programa_no_sirve(casa: Casa, crear_unidad: Crear, sesion: Session) -> None:
    uno, otro = casa.conectar("Uno"), casa.conectar("Otro")
    mezcla = uno | {"secreto": otro["secreto"]}
    assert _dice(casa.pedir(mezcla)) == (401, "invalid_client")
    assert casa.pedir(mezcla).json()["error_description"] == "Las credenciales del cliente no son validas."
    mal_copiado = uno | {"secreto": uno["secreto"][:-1] + ("0" if uno["secreto"][-1] != "0" else "1")}
    assert "no esta bien copiado" in casa.pedir(mal_copiado).json()["error_description"]
    nadie = uno | {"id": str(nuevo_id())}
    assert casa.pedir(nadie).json() == casa.pedir(mezcla).json()  # it does not say who exists
    assert sesion.exec(select(Token).where(Token.cliente_id.is_not(None))).all() == []  # type: ignore[union-attr]


def test_las_dos_comparaciones_se_hacen_siempre(casa: Casa, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the client exists, is rotating or not: the same work, in constant time."""
    from ciudadania import clientes

    vistas: list[tuple[int, int]] = []
    verdadera = clientes.hmac.compare_digest

    def contar(a: bytes, b: bytes) -> bool:
        vistas.append((len(a), len(b)))
        return verdadera(a, b)

    monkeypatch.setattr(clientes.hmac, "compare_digest", contar)
    programa = casa.conectar()
    for quien in (programa, programa | {"id": str(nuevo_id())}, programa | {"secreto": "x"}):
        vistas.clear()
        casa.pedir(quien)
        assert vistas == [(32, 32), (32, 32)]


def test_credenciales_de_dos_maneras_o_de_ninguna(casa: Casa) -> None:
    programa = casa.conectar()
    basica = (programa["id"], programa["secreto"])
    datos = {"grant_type": "client_credentials"}
    assert casa.cliente.post("/oauth/token", data=datos, auth=basica).status_code == 200
    doble = casa.cliente.post(
        "/oauth/token", data=datos | {"client_secret": programa["secreto"]}, auth=basica
    )
    assert _dice(doble) == (400, "invalid_request")
    assert _dice(casa.cliente.post("/oauth/token", data=datos)) == (401, "invalid_client")


def test_cada_alcance_abre_alguna_ruta_y_ninguna_nombra_otro(aplicacion: Any) -> None:
    from ciudadania import ALCANCES
    from tests.ayudas.rutas import rutas

    def pedidos(dependiente: Any) -> set[str]:
        suyos = set(dependiente.own_oauth_scopes or ()) if hasattr(dependiente, "own_oauth_scopes") else set()
        suyos |= set(getattr(dependiente, "security_scopes", None) or ())
        for d in dependiente.dependencies:
            suyos |= pedidos(d)
        return suyos

    nombrados = set().union(*(pedidos(r.dependant) for _m, _p, r in rutas(aplicacion)))
    assert nombrados == set(ALCANCES)


def test_la_referencia_de_la_api_dice_los_alcances(cliente: Any) -> None:
    from ciudadania import ALCANCES

    pagina = cliente.get("/docs").text
    descritos = cliente.get("/openapi.json").json()["components"]["securitySchemes"]["cliente"]["flows"]
    assert descritos["clientCredentials"]["scopes"] == {c: str(a.puede) for c, a in ALCANCES.items()}
    assert [c for c, a in ALCANCES.items() if str(a.puede) not in pagina] == []
    rutas = cliente.get("/openapi.json").json()["paths"]
    assert rutas["/api/v1/productos"]["post"]["security"] == [
        {"token": ["productos"]},
        {"cliente": ["productos"]},
    ]
    assert rutas["/api/v1/yo"]["get"]["security"] == [{"token": []}]
