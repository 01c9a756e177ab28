import type { FlavourName } from '../software'

/** The tables, view, trigger, event and routines of the shop, one statement each. */
export function shopSchema(flavour: FlavourName): string[] {
  const json = flavour === 'my56' ? 'TEXT' : 'JSON'
  const definer = 'DEFINER=`shop_owner`@`localhost`'
  const table = (name: string, body: string): string =>
    `CREATE TABLE ${name} (${body}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`
  return [
    'CREATE DATABASE shop DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci',
    'USE shop',
    table(
      'customers',
      `id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, email VARCHAR(190) NOT NULL, name VARCHAR(120) NOT NULL,
       city VARCHAR(80) NOT NULL, country CHAR(2) NOT NULL, preferences ${json}, credit DECIMAL(12,2) NOT NULL DEFAULT 0,
       birthday DATE NULL, created_at DATETIME NOT NULL, UNIQUE KEY email (email), KEY city (city)`
    ),
    table(
      'products',
      `id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, sku VARCHAR(32) NOT NULL, title VARCHAR(190) NOT NULL,
       description TEXT, price DECIMAL(10,2) NOT NULL, weight_kg DOUBLE NULL, attributes ${json}, picture VARBINARY(64) NULL,
       updated_at DATETIME(3) NOT NULL, UNIQUE KEY sku (sku)`
    ),
    table(
      'orders',
      `id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, order_ref CHAR(36) CHARACTER SET ascii NOT NULL,
       customer_id INT UNSIGNED NOT NULL, status ENUM('new','processed','shipped','cancelled') NOT NULL DEFAULT 'new',
       total DECIMAL(12,2) NOT NULL, note VARCHAR(190) NULL, placed_at DATETIME(3) NOT NULL, processed_at DATETIME(3) NULL,
       UNIQUE KEY order_ref (order_ref), KEY status_id (status, id), KEY placed_at (placed_at),
       CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)`
    ),
    table(
      'order_items',
      `order_id BIGINT UNSIGNED NOT NULL, line_no SMALLINT UNSIGNED NOT NULL, product_id INT UNSIGNED NOT NULL,
       quantity INT UNSIGNED NOT NULL, unit_price DECIMAL(10,2) NOT NULL, PRIMARY KEY (order_id, line_no), KEY product (product_id),
       CONSTRAINT items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
       CONSTRAINT items_product FOREIGN KEY (product_id) REFERENCES products (id)`
    ),
    table(
      'payments',
      `id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, order_id BIGINT UNSIGNED NOT NULL,
       method ENUM('card','transfer','invoice') NOT NULL, amount DECIMAL(12,2) NOT NULL, paid_at DATETIME(6) NOT NULL,
       provider_answer ${json}, UNIQUE KEY order_id (order_id),
       CONSTRAINT payments_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE`
    ),
    table(
      'stock',
      `product_id INT UNSIGNED NOT NULL, warehouse CHAR(3) CHARACTER SET ascii NOT NULL, quantity INT NOT NULL,
       PRIMARY KEY (product_id, warehouse), CONSTRAINT stock_product FOREIGN KEY (product_id) REFERENCES products (id)`
    ),
    table(
      'price_history',
      `id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, product_id INT UNSIGNED NOT NULL, old_price DECIMAL(10,2) NOT NULL,
       new_price DECIMAL(10,2) NOT NULL, changed_at DATETIME NOT NULL, KEY product (product_id)`
    ),
    table('carts', 'id CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY, content TEXT, touched_at DATETIME NOT NULL'),
    table('probe', 'side CHAR(3) CHARACTER SET ascii NOT NULL PRIMARY KEY, n BIGINT NOT NULL, at DATETIME(6) NOT NULL'),
    "INSERT INTO probe VALUES ('old', 0, NOW(6)), ('new', 0, NOW(6))",
    `CREATE ${definer} SQL SECURITY DEFINER VIEW order_summary AS SELECT o.id, o.order_ref, c.name AS customer, o.status, o.total,
       COUNT(i.line_no) AS line_count FROM orders o JOIN customers c ON c.id = o.customer_id
       JOIN order_items i ON i.order_id = o.id GROUP BY o.id, o.order_ref, c.name, o.status, o.total`,
    `CREATE ${definer} TRIGGER products_price BEFORE UPDATE ON products FOR EACH ROW
     BEGIN IF NEW.price <> OLD.price THEN
       INSERT INTO price_history (product_id, old_price, new_price, changed_at) VALUES (OLD.id, OLD.price, NEW.price, NOW());
     END IF; END`,
    `CREATE ${definer} PROCEDURE restock(IN which INT UNSIGNED, IN place CHAR(3), IN amount INT) MODIFIES SQL DATA
       UPDATE stock SET quantity = quantity + amount WHERE product_id = which AND warehouse = place`,
    `CREATE ${definer} FUNCTION order_total(which BIGINT UNSIGNED) RETURNS DECIMAL(12,2) READS SQL DATA
       RETURN (SELECT SUM(quantity * unit_price) FROM order_items WHERE order_id = which)`,
    `CREATE ${definer} EVENT forget_carts ON SCHEDULE EVERY 1 HOUR STARTS '2024-01-01 00:00:00'
       ON COMPLETION PRESERVE ENABLE COMMENT 'carts nobody touched for a month'
       DO DELETE FROM carts WHERE touched_at < NOW() - INTERVAL 30 DAY`
  ]
}
