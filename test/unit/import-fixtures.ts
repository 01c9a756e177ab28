/** Written by `mysql_config_editor` 9.7: two login paths with passwords. */
export const loginPathFile = (): Buffer => Buffer.from(hex.join(''), 'hex')

const hex = [
  '00000000171106011c121819140611141d08101c051c170510000000b9718a145ae529b55cf4b34ec3a01ea310000000a244',
  'd6f81a692a73b8e01221728045df2000000099b25703245330f9030128528e90dc6a5d974335c1c0071ff4335022c981f873',
  '20000000e0404714884ac394defdbddcf1ac5bfcd9b2adcfe61fd2a18a65f40ab0d80be510000000f3857b96fd0df9928e0b',
  '854377c1a2c9100000002147f4cb5c78ab424e68dcc7ca826bd3100000007e6db09f3b63801577d9a65a97ca73d520000000',
  '9a3fcf0d3603f500b387731df0b893f80cfe2d19b9dda246bec689b1b118cc0d3000000089ea7ee94358e2c6ccfad2e1d72e',
  'a3cddb0fd0378bc8a3840a1fb24c0c4089cfa1cbd7b1975b4d7d83e426de12b954fa'
]

/** A `data-sources.json` as DBeaver writes it. */
export const dataSources = JSON.stringify({
  folders: {},
  connections: {
    'mysql8-1': {
      provider: 'mysql',
      driver: 'mysql8',
      name: 'Shop',
      'save-password': true,
      configuration: {
        host: 'db.shop.example',
        port: '3306',
        database: 'shop',
        url: 'jdbc:mysql://db.shop.example:3306/shop',
        type: 'prod',
        handlers: {
          ssh_tunnel: {
            type: 'TUNNEL',
            enabled: true,
            user: 'me',
            properties: {
              ...{ host: 'jump.shop.example', port: 2222, authType: 'PUBLIC_KEY', keyPath: '/home/me/.ssh/id' },
              ...{ implementation: 'sshj', 'jumpServer.count': 2 },
              ...{ 'jumpServer0.enabled': true, 'jumpServer0.host': 'outer.example', 'jumpServer0.port': '2022' },
              ...{ 'jumpServer0.name': 'door', 'jumpServer0.authType': 'AGENT', 'jumpServer0.keyPath': '/not/used' },
              ...{ 'jumpServer1.enabled': 'true', 'jumpServer1.host': 'inner.example', 'jumpServer1.port': 0 },
              ...{ 'jumpServer1.authType': 'PUBLIC_KEY', 'jumpServer1.keyPath': '/home/me/.ssh/inner' },
              ...{ 'jumpServer2.enabled': false, 'jumpServer2.host': 'was.example', 'jumpServer2.port': 22 },
              ...{ 'jumpServer3.enabled': true, 'jumpServer3.host': 'behind-a-gap.example', 'jumpServer3.port': 22 }
            }
          },
          mysql_ssl: {
            type: 'CONFIG',
            enabled: true,
            properties: { 'ssl.require': true, 'ssl.verify.server': 'true', 'ssl.ca.cert': '/etc/shop-ca.pem' }
          }
        }
      }
    },
    'mariaDB-2': {
      provider: 'mysql',
      driver: 'mariaDB',
      name: 'Old one',
      configuration: { host: 'localhost', port: '3307', user: 'old', password: 'plain-old' }
    },
    'postgres-3': { provider: 'postgresql', driver: 'postgres-jdbc', name: 'PG', configuration: { host: 'pg' } }
  }
})

/** A `connections.xml` as MySQL Workbench writes it. */
export const workbenchFile = `<?xml version="1.0"?>
<data grt_format="2.0">
  <value _ptr_="0x1" type="list" content-type="object" content-struct-name="db.mgmt.Connection">
    <value type="object" struct-name="db.mgmt.Connection" id="a" struct-checksum="0x96ba47d8">
      <link type="object" struct-name="db.mgmt.Driver" key="driver">com.mysql.rdbms.mysql.driver.native_sshtun</link>
      <value type="string" key="hostIdentifier">Mysql@10.1.0.7:3306@bastion.example.com:2200</value>
      <value type="int" key="isDefault">1</value>
      <value _ptr_="0x2" type="dict" key="modules"/>
      <value _ptr_="0x3" type="dict" key="parameterValues">
        <value type="string" key="hostName">10.1.0.7</value>
        <value type="string" key="password"></value>
        <value type="int" key="port">3306</value>
        <value type="string" key="sshHost">bastion.example.com:2200</value>
        <value type="string" key="sshKeyFile">~/.ssh/aws.pem</value>
        <value type="string" key="sshUserName">ec2-user</value>
        <value type="string" key="sslCA">/etc/ca.pem</value>
        <value type="string" key="sslCert"></value>
        <value type="int" key="useSSL">4</value>
        <value type="string" key="userName">ops</value>
      </value>
      <value type="string" key="name">AWS &lt;via&gt; bastion &amp; co</value>
    </value>
    <value type="object" struct-name="db.mgmt.Connection" id="b">
      <link type="object" struct-name="db.mgmt.Driver" key="driver">com.mysql.rdbms.mysql.driver.native_socket</link>
      <value _ptr_="0x4" type="dict" key="parameterValues">
        <value type="string" key="socket">/run/mysqld/mysqld.sock</value>
        <value type="string" key="sshHost">left.over.example:22</value>
        <value type="string" key="userName">me</value>
        <value type="int" key="useSSL">0</value>
      </value>
      <value type="string" key="name">Socket</value>
    </value>
  </value>
</data>
`
